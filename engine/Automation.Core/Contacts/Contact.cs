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
    /// <summary>What an erased contact became part of. No contact has this id.</summary>
    public const long Nobody = 0;

    private readonly Standing _standing = Standing.Empty;

    internal Contact(long id, Instant firstSeen, Standing standing)
        : this(id, firstSeen) => _standing = standing;

    /// <summary>Time of the newest behaviour event, or null for a contact who never acted.</summary>
    public Instant? LastActivity { get; init; }

    public PropertyBag Attributes { get => _standing.Attributes; init => _standing = _standing with { Attributes = value }; }

    /// <summary>Sorted by ordinal, each once.</summary>
    public ImmutableArray<string> Tags { get => _standing.Tags; init => _standing = _standing with { Tags = value }; }

    public ImmutableArray<Identity> Identities { get => _standing.Identities; init => _standing = _standing with { Identities = value }; }

    /// <summary>Sorted by name.</summary>
    public ImmutableArray<EventHistory> Histories { get; init; } = [];

    public ImmutableArray<ChannelConsent> Consents { get => _standing.Consents; init => _standing = _standing with { Consents = value }; }

    public ImmutableArray<Quota> Quotas { get => _standing.Quotas; init => _standing = _standing with { Quotas = value }; }

    /// <summary>Sends that frequency caps may count, oldest first.</summary>
    public ImmutableArray<RecentSend> RecentSends { get => _standing.RecentSends; init => _standing = _standing with { RecentSends = value }; }

    /// <summary>Enrollments that go on.</summary>
    public ImmutableArray<Enrollment> Enrollments { get => _standing.Enrollments; init => _standing = _standing with { Enrollments = value }; }

    /// <summary>What is remembered of each journey the contact ever entered, or whose trigger fired for them.</summary>
    public ImmutableArray<JourneyMemory> Memories { get => _standing.Memories; init => _standing = _standing with { Memories = value }; }

    /// <summary>Goals that may still be reached; they outlive their enrollment.</summary>
    public ImmutableArray<GoalWatch> Goals { get => _standing.Goals; init => _standing = _standing with { Goals = value }; }

    /// <summary>Deadlines of <c>not_done</c> triggers.</summary>
    public ImmutableArray<ArmedTrigger> Armed { get => _standing.Armed; init => _standing = _standing with { Armed = value }; }

    /// <summary>Messages and calls whose last word is not in.</summary>
    public ImmutableArray<MessageInFlight> Messages { get => _standing.Messages; init => _standing = _standing with { Messages = value }; }

    /// <summary>Keys of the watched segments the contact is in, sorted.</summary>
    public ImmutableArray<string> Segments { get => _standing.Segments; init => _standing = _standing with { Segments = value }; }

    /// <summary>Imported lists the contact is on, sorted.</summary>
    public ImmutableArray<string> Lists { get => _standing.Lists; init => _standing = _standing with { Lists = value }; }

    /// <summary>Failed messages that a person had replayed, so that none is ever replayed twice.</summary>
    public ImmutableArray<Guid> Replayed { get => _standing.Replayed; init => _standing = _standing with { Replayed = value }; }

    /// <summary>Ordinal of the next enrollment; counts up for ever, so enrollment ids are never used again.</summary>
    public int NextEnrollment { get => _standing.NextEnrollment; init => _standing = _standing with { NextEnrollment = value }; }

    /// <summary>The contact this one turned out to be; then this one is closed and only points there. <see cref="Nobody"/> where it was erased.</summary>
    public long? MergedInto { get => _standing.MergedInto; init => _standing = _standing with { MergedInto = value }; }

    public bool IsErased => MergedInto == Nobody;
}
