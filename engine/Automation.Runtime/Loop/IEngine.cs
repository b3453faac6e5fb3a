using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Loop;

/// <summary>
/// The way into the engine. Each call is one envelope: it is decided and committed whole, and its task completes when that is
/// durable. It throws <see cref="StoreFullException"/> or <see cref="EngineUnavailableException"/> when nothing of it was written.
/// </summary>
public interface IEngine
{
    /// <summary>The time that decisions are made at.</summary>
    IClock Clock { get; }

    Backlog Backlog { get; }

    /// <summary>Events as they came through the door (see <c>EventDoor</c>); their identities find their contacts.</summary>
    ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<ContactEvent> events, CancellationToken cancellation = default);

    /// <summary>Stimuli for contacts that are known by id: outcomes, sweeps, commands.</summary>
    ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default);

    /// <summary>One stimulus; the acknowledgement carries the facts it caused.</summary>
    ValueTask<Acknowledgement> SubmitAsync(long contact, Stimulus stimulus, CancellationToken cancellation = default);

    /// <summary>The same for many at once; the acknowledgement carries the facts they caused.</summary>
    ValueTask<Acknowledgement> AskAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default);

    /// <summary>Facts about definitions; the acknowledgement carries them with their sequence numbers.</summary>
    ValueTask<Acknowledgement> RecordAsync(IReadOnlyList<WorkspaceFact> facts, CancellationToken cancellation = default);

    /// <summary>Writes the intent to send, durably, with the next commit. What is missing in the answer must not be sent.</summary>
    ValueTask<IReadOnlySet<Guid>> ClaimIntentsAsync(IReadOnlyList<SendIntent> intents, CancellationToken cancellation = default);
}

/// <summary>A stimulus with the contact it is for.</summary>
public readonly record struct Addressed(long Contact, Stimulus Stimulus);

/// <summary>What became of an envelope.</summary>
/// <param name="Accepted">Events and stimuli that were decided, whatever the decision.</param>
/// <param name="Duplicates">Events whose message id was known.</param>
/// <param name="Rejected">Events without an identity and stimuli for contacts that do not exist; nothing of them is recorded.</param>
/// <param name="At">Time of the decision.</param>
/// <param name="Facts">The facts it caused, where they were asked for.</param>
public sealed record Acknowledgement(int Accepted, int Duplicates, int Rejected, Instant At, IReadOnlyList<RecordedFact> Facts);

/// <param name="Envelopes">Envelopes that were taken in and are not committed yet.</param>
/// <param name="Stimuli">What is in them.</param>
public readonly record struct Backlog(int Envelopes, int Stimuli);

/// <summary>The engine could not commit, after all its tries, or is stopped. Nothing of the envelope was written.</summary>
public sealed class EngineUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>More is waiting than may wait. Nothing of the envelope was kept; it may come again in a while.</summary>
public sealed class EngineFullException(string message, Exception? inner = null) : Exception(message, inner);
