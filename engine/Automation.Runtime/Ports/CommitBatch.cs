using Automation.Core.Contacts;
using Automation.Core.Deciding;
using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>Everything one batch writes, in one transaction.</summary>
public sealed record CommitBatch
{
    public required int Partition { get; init; }

    /// <summary>
    /// Random, another one for each try: after an error it tells whether this very batch was written. Stores with one writer, where the
    /// sequence tells as much, do without.
    /// </summary>
    public Guid Id { get; init; }

    /// <summary>
    /// The revision that every contact of the batch has after it: greater than that of any batch of the partition before, and than any
    /// these contacts had. So records of several partitions have one order in which a contact can be rebuilt.
    /// </summary>
    public long Revision { get; init; }

    /// <summary>Time of the batch; stands in facts and seals.</summary>
    public required Instant At { get; init; }

    /// <summary>New events in sequence order; message ids are unique.</summary>
    public IReadOnlyList<RecordedEvent> Events { get; init; } = [];

    /// <summary>New facts in sequence order.</summary>
    public IReadOnlyList<RecordedFact> Facts { get; init; } = [];

    /// <summary>Each touched contact once, in id order.</summary>
    public IReadOnlyList<ContactChange> Contacts { get; init; } = [];

    /// <summary>Identities with their new owner.</summary>
    public IReadOnlyList<IdentityLink> Identities { get; init; } = [];

    /// <summary>New messages for the outbox.</summary>
    public IReadOnlyList<OutboxMessage> Messages { get; init; } = [];

    /// <summary>What became of earlier messages.</summary>
    public IReadOnlyList<MessageChange> MessageChanges { get; init; } = [];

    /// <summary>Messages a dispatcher is about to hand to a vendor: written as <c>sending</c> before the call is made.</summary>
    public IReadOnlyList<SendIntent> Intents { get; init; } = [];

    /// <summary>Keys of contacts that have something personal for the first time; written by the layer that hides it.</summary>
    public IReadOnlyList<ContactKey> NewKeys { get; init; } = [];

    /// <summary>Contacts that became part of others in this batch; their keys follow.</summary>
    public IReadOnlyList<KeyMove> KeyMoves { get; init; } = [];

    /// <summary>Contacts that are erased in this batch: their keys go, those that followed them too, and the contents of their messages.</summary>
    public IReadOnlyList<long> Erased { get; init; } = [];

    /// <summary>Live figures: how often each (journey, version, step, name) happened in this batch.</summary>
    public IReadOnlyDictionary<CounterKey, long> Counters { get; init; } = new Dictionary<CounterKey, long>();

    /// <summary>The same by day, for the few kinds of which a line over the days is drawn.</summary>
    public IReadOnlyDictionary<DayKey, long> Days { get; init; } = new Dictionary<DayKey, long>();
}

/// <param name="Sequence">Place in the partition's order, shared with facts.</param>
public readonly record struct RecordedEvent(long Sequence, long Contact, ContactEvent Event);

/// <param name="Contact">0 for facts about definitions.</param>
/// <param name="Cause">The stimulus: <c>event:&lt;message id&gt;</c>, <c>timer</c>, <c>outcome:&lt;message&gt;</c>, <c>command:&lt;name&gt;</c>, <c>schedule</c>, <c>sweep</c>. A merge has the event that caused it.</param>
public readonly record struct RecordedFact(long Sequence, long Contact, Instant At, string Cause, Fact Fact);

/// <param name="Before">As loaded; null for a new contact. The store keeps its table of enrollments by the difference.</param>
/// <param name="NextDueAt">Earliest of all the contact's deadlines.</param>
/// <param name="Revision">The revision of <paramref name="Before"/>; where the store has another, somebody else wrote the contact.</param>
public readonly record struct ContactChange(Contact? Before, Contact After, Instant? NextDueAt, long Revision = 0);

/// <param name="Contact">Who has it from now on; <see cref="Core.Contacts.Contact.Nobody"/> takes it away.</param>
/// <param name="Before">Whose it was when the batch was decided; null for nobody's.</param>
public readonly record struct IdentityLink(Identity Identity, long Contact, long? Before = null);

/// <summary>A contact's own key, wrapped in one of a ring that lies outside the store.</summary>
public readonly record struct ContactKey(long Contact, int Ring, byte[] Wrapped);

public readonly record struct KeyMove(long From, long To);

/// <summary>A row of the outbox: the message with its final content.</summary>
public sealed record OutboxMessage(long Contact, Instant QueuedAt, Effect.SendMessage Message)
{
    /// <summary>The span that decided it, in W3C's form; not kept, so a message that is found again in the store has none.</summary>
    public string? Trace { get; init; }
}

/// <summary>Status of a message row.</summary>
public enum OutboxStatus
{
    Queued,
    Sending,
    Sent,
    Delivered,
    Failed,
    Unknown,
    Cancelled,
}

/// <param name="Status">The new status. <see cref="OutboxStatus.Queued"/> hands it out again, with <paramref name="Attempt"/> and <paramref name="SendBefore"/>.</param>
/// <param name="At">When it changed; a row that has the status already keeps its time.</param>
/// <param name="AwaitsReceipt">It is sent, and its receipt may still come.</param>
public sealed record MessageChange(
    Guid Message, OutboxStatus Status, Instant At, int? Attempt, Instant? SendBefore,
    string? VendorId, string? Reason, string? Code, string? Text, bool AwaitsReceipt = false, FailureMark Mark = FailureMark.None);

/// <summary>Whether a message is among those that failed for good and may be replayed.</summary>
public enum FailureMark
{
    /// <summary>It is not, or not any more.</summary>
    None,

    /// <summary>From now on it is.</summary>
    Replayable,

    /// <summary>It was replayed: it is not any more, and nothing else of its row changes.</summary>
    Replayed,
}

/// <summary>Claims a queued message for one attempt.</summary>
public readonly record struct SendIntent(Guid Message, int Attempt);

/// <param name="Day">In the workspace's zone.</param>
public readonly record struct DayKey(string Journey, LocalDate Day, string Name);

public readonly record struct CounterKey(string Journey, int Version, string Step, string Name);

/// <param name="Claimed">The intents that were written; a message that was cancelled or is claimed already is not among them.</param>
/// <param name="Seal">Seal of this batch, the next one's predecessor.</param>
public sealed record CommitResult(IReadOnlySet<Guid> Claimed, byte[] Seal);
