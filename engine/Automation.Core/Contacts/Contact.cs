using System.Collections.Immutable;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>
/// A person, as one aggregate: everything a decision may look at, and nothing else. Immutable: a decision that is not
/// committed leaves no trace. State is the fold of the recorded events and facts (see <c>Evolution</c>), nothing else.
/// </summary>
public sealed record Contact(long Id, Instant FirstSeen)
{
    /// <summary>Time of the newest behaviour event, or null for a contact who never acted.</summary>
    public Instant? LastActivity { get; init; }

    public PropertyBag Attributes { get; init; } = PropertyBag.Empty;

    /// <summary>Sorted by ordinal, each once.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    public ImmutableArray<Identity> Identities { get; init; } = [];

    /// <summary>Sorted by name.</summary>
    public ImmutableArray<EventHistory> Histories { get; init; } = [];

    public ImmutableArray<ChannelConsent> Consents { get; init; } = [];

    public ImmutableArray<Quota> Quotas { get; init; } = [];

    /// <summary>Sends that frequency caps may count, oldest first.</summary>
    public ImmutableArray<RecentSend> RecentSends { get; init; } = [];

    /// <summary>Enrollments that go on.</summary>
    public ImmutableArray<Enrollment> Enrollments { get; init; } = [];

    /// <summary>What is remembered of each journey the contact ever entered, or whose trigger fired for them.</summary>
    public ImmutableArray<JourneyMemory> Memories { get; init; } = [];

    /// <summary>Goals that may still be reached; they outlive their enrollment.</summary>
    public ImmutableArray<GoalWatch> Goals { get; init; } = [];

    /// <summary>Deadlines of <c>not_done</c> triggers.</summary>
    public ImmutableArray<ArmedTrigger> Armed { get; init; } = [];

    /// <summary>Messages and calls whose last word is not in.</summary>
    public ImmutableArray<MessageInFlight> Messages { get; init; } = [];

    /// <summary>Keys of the watched segments the contact is in, sorted.</summary>
    public ImmutableArray<string> Segments { get; init; } = [];

    /// <summary>Imported lists the contact is on, sorted.</summary>
    public ImmutableArray<string> Lists { get; init; } = [];

    /// <summary>Ordinal of the next enrollment; counts up for ever, so enrollment ids are never used again.</summary>
    public int NextEnrollment { get; init; } = 1;

    /// <summary>The contact this one turned out to be; then this one is closed and only points there.</summary>
    public long? MergedInto { get; init; }
}
