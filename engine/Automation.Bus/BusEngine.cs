using Automation.Bus.Rabbit;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Runtime.Time;
using NodaTime;

namespace Automation.Bus;

/// <summary>
/// The engine as a process sees it that decides nothing itself: what goes in is kept by the broker when the task completes, and decided
/// by whichever worker owns its partition. Where the facts are asked for, the worker's answer is waited for.
/// </summary>
/// <param name="claims">Dispatchers claim straight in the store: going round by the queue would cost each message a second way.</param>
public sealed class BusEngine(PartitionBus bus, IIntentClaims claims, string node, IClock wall) : IEngine
{
    public IClock Clock { get; } = new MonotonicClock(wall);

    public Backlog Backlog => bus.Backlog;

    /// <summary>Accepted is what the broker keeps; what of it is a duplicate the worker finds out.</summary>
    public async ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<ContactEvent> events, CancellationToken cancellation = default)
    {
        await bus.PublishAsync(events);
        return Kept(events.Count);
    }

    public async ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default)
    {
        await bus.PublishAsync(stimuli, cancellation);
        return Kept(stimuli.Count);
    }

    public ValueTask<Acknowledgement> SubmitAsync(long contact, Stimulus stimulus, CancellationToken cancellation = default) =>
        bus.AskAsync(contact, stimulus, cancellation);

    public ValueTask<Acknowledgement> AskAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default) =>
        bus.AskAsync(stimuli, cancellation);

    public ValueTask<Acknowledgement> RecordAsync(IReadOnlyList<WorkspaceFact> facts, CancellationToken cancellation = default) =>
        bus.AskAsync(facts, cancellation);

    public async ValueTask<IReadOnlySet<Guid>> ClaimIntentsAsync(IReadOnlyList<SendIntent> intents, CancellationToken cancellation = default)
    {
        try
        {
            return await claims.ClaimAsync(node, intents, cancellation);
        }
#pragma warning disable CA1031 // Whatever the store threw: what is not known to be claimed is not sent, and tried again.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            throw new EngineUnavailableException("Expected a store that takes claims, but it does not.", error);
        }
    }

    private Acknowledgement Kept(int count) => new(count, 0, 0, Clock.GetCurrentInstant(), []);
}
