using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>What the core is given. Closed family: everything that can happen to a contact is in this file and in <see cref="Command"/>.</summary>
public abstract record Stimulus
{
    private protected Stimulus()
    {
    }

    /// <summary>The contact did something.</summary>
    public sealed record EventArrived(ContactEvent Event) : Stimulus;

    /// <summary>One of the contact's deadlines has come.</summary>
    public sealed record TimerDue : Stimulus
    {
        public static readonly TimerDue Now = new();
    }

    /// <summary>A connector, a receipt or a person said what became of a message.</summary>
    public sealed record OutcomeReported(MessageOutcome Outcome) : Stimulus;

    /// <summary>A journey's calendar fired; every contact of its audience is asked.</summary>
    public sealed record ScheduleFired(string Journey, Instant FiredAt) : Stimulus;

    /// <summary>The other contact turned out to be this one. The other gets <see cref="WasAbsorbed"/> in the same commit.</summary>
    public sealed record Absorb(Contact Other) : Stimulus;

    /// <summary>This contact turned out to be the survivor.</summary>
    public sealed record WasAbsorbed(long Survivor) : Stimulus;

    /// <summary>
    /// A journey was published, or a segment defined anew (then <paramref name="Journey"/> is empty): deadline and segment triggers look
    /// at a contact who was there before. <paramref name="CountExisting"/>: those who already match (dormant, in the segment) enter; else
    /// they only start to count.
    /// </summary>
    public sealed record Swept(string Journey, bool CountExisting) : Stimulus;
}

/// <summary>What became of a message.</summary>
public enum OutcomeKind
{
    /// <summary>The vendor took it.</summary>
    Sent,

    /// <summary>It arrived.</summary>
    Delivered,

    /// <summary>It was not sent, or did not arrive.</summary>
    Failed,

    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>It was still in the outbox when its <c>send before</c> passed; nothing was sent.</summary>
    Expired,

    /// <summary>
    /// It is on its way and has come to another stage, as the vendor's code says: an employee must confirm it, and was reminded.
    /// </summary>
    Progressed,

    /// <summary>It waited in the outbox under a person's hold, and the hold was released: whether it still is to go is decided anew. Its time is that of the release.</summary>
    Released,
}

/// <param name="Reason">For <see cref="OutcomeKind.Failed"/>: canonical failure reason, e.g. <c>bad_address</c>, <c>retry_later</c>.</param>
/// <param name="Code">The vendor's own code.</param>
/// <param name="RetryAfter">The vendor's wish; the retry policy's delay when null.</param>
/// <param name="Response">A call's answer.</param>
/// <param name="Actor">Who settled it, where a person did.</param>
/// <param name="Attempt">Which attempt it tells of, where that is known: bad news of an attempt that a later one replaced is old news.</param>
public sealed record MessageOutcome(
    Guid Message,
    OutcomeKind Kind,
    Instant At,
    string? VendorId = null,
    string? Reason = null,
    string? Code = null,
    string? Text = null,
    Duration? RetryAfter = null,
    PropertyBag? Response = null,
    string? Actor = null,
    int? Attempt = null);
