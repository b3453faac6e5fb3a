using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Automation.Core.Rules;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>
/// What the core decided, past tense, with the values it looked at. The ledger is the list of facts, and a contact is the fold
/// of its events and facts, so a released kind never changes its meaning: new behaviour gets a new kind.
/// The kinds stand in <see cref="ContactFact"/>, <see cref="JourneyFact"/> and <see cref="StepFact"/>.
/// </summary>
public abstract record Fact
{
    private protected Fact()
    {
    }

    /// <summary>Why, for facts that say no or not now; one of <see cref="Reasons"/>, or a reason that people gave.</summary>
    public string? Reason { get; init; }

    /// <summary>The values that were looked at.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<EvaluatedValue> Looked { get; init; }

    /// <summary>Whose command it was, where it was one.</summary>
    public string? Actor { get; init; }
}

/// <summary>Facts about the contact itself.</summary>
public abstract record ContactFact : Fact
{
    private ContactFact()
    {
    }

    /// <summary>The stimulus does not apply; nothing changed. <paramref name="Text"/> says "Expected …, but …".</summary>
    public sealed record StimulusRejected(string Stimulus, string Text) : ContactFact;

    /// <summary>The event is older than the workspace takes for triggers: history yes, triggers no.</summary>
    public sealed record EventTooLate(string Event, string EventId, Instant OccurredAt) : ContactFact;

    public sealed record TagsChanged(ImmutableArray<string> Added, ImmutableArray<string> Removed) : ContactFact;

    public sealed record ListsChanged(ImmutableArray<string> Added, ImmutableArray<string> Removed) : ContactFact;

    /// <param name="GivenAt">When it was given, where that is not the time of the fact.</param>
    /// <param name="Evidence">What proves it; null for words without.</param>
    public sealed record ConsentChanged(
        string Channel, bool Granted, string Source, Instant? GivenAt = null, Primitives.PropertyBag? Evidence = null) : ContactFact;

    public sealed record QuotaChanged(string Quota, long Amount, long Balance) : ContactFact;

    public sealed record SegmentEntered(string Segment) : ContactFact;

    public sealed record SegmentLeft(string Segment) : ContactFact;

    /// <summary>Somebody looked at the contact's personal data in clear; <paramref name="Where"/> says at which page or route.</summary>
    public sealed record PersonalSeen(string Where) : ContactFact;

    /// <summary>Everything about the contact was written into a document and handed out.</summary>
    public sealed record PersonalExported(string Where) : ContactFact;

    /// <summary>Everything that was known of the person is gone, and so is the key to what the ledger keeps encrypted. <paramref name="Why"/> is the actor's.</summary>
    public sealed record ContactErased(string Why) : ContactFact;

    /// <summary>This contact took over the other's history, identities and enrollments.</summary>
    public sealed record ContactAbsorbed(long Other) : ContactFact;

    /// <summary>This contact is now part of the survivor.</summary>
    public sealed record ContactMerged(long Survivor) : ContactFact;
}

/// <summary>Facts about a contact and a journey.</summary>
public abstract record JourneyFact(string Journey, int Version) : Fact
{
    /// <summary>The first half of a <c>not_done</c> happened.</summary>
    public sealed record TriggerArmed(string Journey, int Version, string EventId, Instant Due) : JourneyFact(Journey, Version);

    /// <summary>The second half came in time.</summary>
    public sealed record TriggerDisarmed(string Journey, int Version, string EventId) : JourneyFact(Journey, Version);

    /// <summary>A deadline trigger fired for this base time and will not again for the same one.</summary>
    public sealed record TriggerFired(string Journey, int Version, Instant BaseTime, Instant Due) : JourneyFact(Journey, Version);

    public sealed record NotEnrolled(string Journey, int Version) : JourneyFact(Journey, Version);

    /// <param name="EventId">The event that enrolled the contact, or null; its properties stay in the enrollment.</param>
    public sealed record Enrolled(
        string Journey, int Version, int Ordinal, string? Key, Instant EnrolledAt, string? EventId, Primitives.PropertyBag? Properties)
        : JourneyFact(Journey, Version);

    /// <summary>The journey has a goal; it is looked for until <paramref name="Until"/>, inclusive.</summary>
    public sealed record GoalWatched(string Journey, int Version, int Ordinal, Instant EnrolledAt, Instant? Until, string? EventId)
        : JourneyFact(Journey, Version);

    /// <summary>The goal's event came in time. <paramref name="Value"/> is its worth, when the goal names a property.</summary>
    public sealed record GoalReached(string Journey, int Version, int Ordinal, string EventId, decimal? Value)
        : JourneyFact(Journey, Version);

    /// <summary>The goal's time passed without it.</summary>
    public sealed record GoalMissed(string Journey, int Version, int Ordinal) : JourneyFact(Journey, Version);
}

/// <summary>Facts about one enrollment at one step. A fact of a later <paramref name="Visit"/> means that the step before was left.</summary>
public abstract record StepFact(string Journey, int Version, int Ordinal, string Step, int Visit) : Fact
{
    /// <summary>Holds until <paramref name="Until"/>; null where only an event can end it.</summary>
    public sealed record WaitStarted(string Journey, int Version, int Ordinal, string Step, int Visit, bool ForEvent, Instant? Until)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>The wait is over: by its <c>time</c>, an <c>event</c> (then <paramref name="EventId"/>), or a person.</summary>
    public sealed record WaitEnded(string Journey, int Version, int Ordinal, string Step, int Visit, WaitEnd By, string? EventId)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    public sealed record BranchTaken(string Journey, int Version, int Ordinal, string Step, int Visit, string Branch)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <param name="Share">The contact's stable draw, in [0, 1).</param>
    public sealed record VariantDrawn(string Journey, int Version, int Ordinal, string Step, int Visit, string Variant, double Share, bool Holdout)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    public sealed record MessageQueued(
        string Journey, int Version, int Ordinal, string Step, int Visit, Guid Message, int ChainIndex,
        string Channel, string Account, string Template, int TemplateVersion, bool IsCall, string? Quota, Instant? AnswerBy)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>A gate said no; <see cref="Fact.Reason"/> says which.</summary>
    public sealed record MessageSuppressed(string Journey, int Version, int Ordinal, string Step, int Visit, int ChainIndex, string Channel, string Template, string? Text)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>Will be tried at <paramref name="Until"/>; all gates are asked again then.</summary>
    public sealed record MessagePostponed(string Journey, int Version, int Ordinal, string Step, int Visit, int ChainIndex, string Channel, string Template, Instant Until)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    public sealed record MessageSent(string Journey, int Version, int Ordinal, string Step, int Visit, Guid Message, string Channel, string? VendorId, bool AwaitReceipt, Instant? ReceiptBy)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>A message that was sent has come to another stage of its way, <paramref name="Stage"/>, as <c>waiting_for_member</c>.</summary>
    public sealed record MessageProgressed(string Journey, int Version, int Ordinal, string Step, int Visit, Guid Message, string Channel, string Stage)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    public sealed record MessageDelivered(string Journey, int Version, int Ordinal, string Step, int Visit, Guid Message, string Channel)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>Failed for good.</summary>
    public sealed record MessageFailed(string Journey, int Version, int Ordinal, string Step, int Visit, Guid Message, string Channel, string? Code, string? Text)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    public sealed record RetryScheduled(string Journey, int Version, int Ordinal, string Step, int Visit, Guid Message, string Channel, int Attempt, Instant At, string? Code, string? Text)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>The same message was handed out again.</summary>
    public sealed record MessageRetried(string Journey, int Version, int Ordinal, string Step, int Visit, Guid Message, string Channel, int Attempt)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>
    /// A person had a failed message sent once more, as <paramref name="Message"/>. Where its enrollment still stands before it, it waits
    /// for it again; else (visit 0) the message goes out by itself. <see cref="Fact.Reason"/> is what the person wrote.
    /// </summary>
    public sealed record MessageReplayed(
        string Journey, int Version, int Ordinal, string Step, int Visit, Guid Message, Guid Failed, int ChainIndex,
        string Channel, string Account, string Template, bool IsCall, string? Quota)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>A failed message was not replayed; <see cref="Fact.Reason"/> says which gate said no.</summary>
    public sealed record ReplayRefused(string Journey, int Version, int Ordinal, string Step, int Visit, Guid Failed, string Channel, string Template)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>No receipt came in time; sent is the last word.</summary>
    public sealed record ReceiptGivenUp(string Journey, int Version, int Ordinal, string Step, int Visit, Guid Message, string Channel)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>Nobody knows what became of it. It is neither repeated nor given up until someone does.</summary>
    public sealed record MessageUnknown(string Journey, int Version, int Ordinal, string Step, int Visit, Guid Message, string Channel, string? Text)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>The next way is tried.</summary>
    public sealed record FallbackStarted(string Journey, int Version, int Ordinal, string Step, int Visit, int ChainIndex)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>The service answered; the answer itself is <c>steps.&lt;id&gt;.*</c> from here on.</summary>
    public sealed record CallAnswered(string Journey, int Version, int Ordinal, string Step, int Visit, Guid Message, Primitives.PropertyBag Response)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    public sealed record ContactUpdated(
        string Journey, int Version, int Ordinal, string Step, int Visit, Primitives.PropertyBag Set,
        ImmutableArray<string> Unset, ImmutableArray<string> AddedTags, ImmutableArray<string> RemovedTags)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    public sealed record EventEmitted(string Journey, int Version, int Ordinal, string Step, int Visit, string Event, string EventId)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>Waits for a person; <see cref="Fact.Reason"/> says why.</summary>
    public sealed record Stuck(string Journey, int Version, int Ordinal, string Step, int Visit, string? Text)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>A person had the step entered again, or skipped.</summary>
    public sealed record Unstuck(string Journey, int Version, int Ordinal, string Step, int Visit, bool Skipped)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>Its time or its next step came while the journey was paused. <paramref name="EntersStep"/>: it stands before the step.</summary>
    public sealed record Held(string Journey, int Version, int Ordinal, string Step, int Visit, bool EntersStep)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>The journey goes on: the enrollment's next moment is <paramref name="WakeAt"/>.</summary>
    public sealed record Released(string Journey, int Version, int Ordinal, string Step, int Visit, Instant? WakeAt)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    public sealed record Moved(string Journey, int Version, int Ordinal, string Step, int Visit, int FromVersion)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    /// <summary>Ended early; <see cref="Fact.Reason"/> says why.</summary>
    public sealed record Exited(string Journey, int Version, int Ordinal, string Step, int Visit, string? EventId)
        : StepFact(Journey, Version, Ordinal, Step, Visit);

    public sealed record Completed(string Journey, int Version, int Ordinal, string Step, int Visit)
        : StepFact(Journey, Version, Ordinal, Step, Visit);
}

/// <summary>What ended a wait.</summary>
public enum WaitEnd
{
    Time,
    Event,
    Person,
}
