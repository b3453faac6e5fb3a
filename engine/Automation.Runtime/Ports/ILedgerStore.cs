using Automation.Core.Contacts;
using Automation.Runtime.Partitions;
using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>Reading what was recorded: the ledger, its seals, events, messages and people. Never writes; runs beside the loop.</summary>
public interface ILedgerStore
{
    /// <summary>How many partitions there are, each with a sequence and a chain of seals of its own.</summary>
    int Partitions => 1;

    /// <summary>Facts that match, in sequence order (or newest first), at most <see cref="FactQuery.Limit"/>.</summary>
    ValueTask<IReadOnlyList<LedgerRow>> FactsAsync(FactQuery query, CancellationToken cancellation);

    /// <summary>Every event and fact of a partition in sequence order: what rebuilds all contacts, and what an export writes.</summary>
    IAsyncEnumerable<LedgerRecord> RecordsAsync(int partition, long fromSequence, CancellationToken cancellation);

    /// <summary>Recomputes the seal chain and names the first broken row.</summary>
    /// <param name="span">Only the seals of these records; the one before them is taken as it stands.</param>
    ValueTask<VerifyResult> VerifyAsync(int partition, IProgress<long>? progress, CancellationToken cancellation, VerifySpan? span = null);

    /// <summary>The seal that covers this record of a partition, or else the last one before it; null where there is none.</summary>
    ValueTask<SealMark?> SealAtAsync(int partition, long sequence, CancellationToken cancellation);

    ValueTask<Contact?> ContactAsync(long id, CancellationToken cancellation);

    ValueTask<long?> FindContactAsync(Identity identity, CancellationToken cancellation);

    /// <summary>Contacts in id order from <paramref name="afterId"/> on; the page of a sweep.</summary>
    ValueTask<IReadOnlyList<Contact>> ContactPageAsync(long afterId, int limit, CancellationToken cancellation);

    /// <summary>Contacts with an enrollment of the journey, in id order; with <paramref name="heldOnly"/> only held ones.</summary>
    ValueTask<IReadOnlyList<long>> EnrolledContactsAsync(string journey, int? version, bool heldOnly, long afterId, int limit, CancellationToken cancellation);

    /// <summary>Who stands where now: count by (journey, version, step, status).</summary>
    ValueTask<IReadOnlyList<StepCount>> StepCountsAsync(string journey, CancellationToken cancellation);

    /// <summary>Who stands in the journey, at one step or anywhere, in the order of contacts and their enrollments.</summary>
    /// <param name="after">Where the page before ended: contact and ordinal.</param>
    ValueTask<IReadOnlyList<Stander>> StandingAsync(string journey, string? step, (long Contact, int Ordinal) after, int limit, CancellationToken cancellation);

    ValueTask<IReadOnlyList<ContactEvent>> EventsAsync(long contact, int limit, CancellationToken cancellation);

    ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(MessageQuery query, CancellationToken cancellation);

    ValueTask<MessageRow?> MessageAsync(Guid id, CancellationToken cancellation);

    ValueTask<IReadOnlyDictionary<CounterKey, long>> CountersAsync(string? journey, CancellationToken cancellation);

    /// <summary>What happened in all journeys on each day since <paramref name="from"/>.</summary>
    ValueTask<IReadOnlyDictionary<DayKey, long>> DaysAsync(LocalDate from, CancellationToken cancellation);

    /// <summary>How many facts there were of each key, over all hours asked for. Reads counts only, so its cost does not grow with the ledger.</summary>
    ValueTask<IReadOnlyList<TallyCount>> TalliesAsync(TallyQuery query, CancellationToken cancellation);

    ValueTask<StoreTotals> TotalsAsync(CancellationToken cancellation);
}

/// <summary>Filters; null means any. <paramref name="After"/> and <paramref name="Before"/> are places (<see cref="LedgerRow.Place"/>), for paging.</summary>
public sealed record FactQuery(
    long? Contact = null,
    string? Journey = null,
    int? Ordinal = null,
    string? Step = null,
    string? Kind = null,
    string? Reason = null,
    string? Actor = null,
    Instant? From = null,
    Instant? To = null,
    long? After = null,
    long? Before = null,
    bool NewestFirst = true,
    int Limit = 100)
{
    public string? Channel { get; init; }

    public string? Account { get; init; }

    /// <summary>Facts about this message. Who asks says whose it is as well (<see cref="Contact"/>), which finds them.</summary>
    public Guid? Message { get; init; }

    /// <summary>A piece of the details, as values that were looked at. It is looked for among what the other filters leave.</summary>
    public string? Text { get; init; }
}

/// <summary>One fact as it stands in the ledger. <paramref name="Details"/> is the fact's own JSON.</summary>
public sealed record LedgerRow(
    int Partition, long Sequence, Instant At, long Contact, string? Journey, int? Version, int? Ordinal, string? Step,
    string Kind, string? Reason, string Cause, string? Actor, string Details)
{
    /// <summary>Partition and sequence in one number; in partition 0 the sequence itself.</summary>
    public long Place => PartitionedNumber.Of(Partition, Sequence);
}

/// <summary>An event or a fact, whichever stands at this place.</summary>
/// <param name="Revision"><see cref="CommitBatch.Revision"/> of its commit: records of several partitions, merged by it, are in an order that rebuilds every contact.</param>
public readonly record struct LedgerRecord(long Sequence, long Contact, RecordedEvent? Event, RecordedFact? Fact, long Revision = 0);

/// <summary>Records from one sequence to another, both included, as far as whole commits.</summary>
public readonly record struct VerifySpan(long From, long To);

/// <summary>A seal as it stands in the store: the records it covers, when they were committed, and its bytes.</summary>
public sealed record SealMark(long First, long Last, Instant At, ReadOnlyMemory<byte> Hash);

/// <param name="BrokenSequence">The first row that does not fit its seal, or null.</param>
/// <param name="Problem">"Expected …, but …", or null.</param>
public sealed record VerifyResult(bool Intact, long Facts, long Events, long Seals, long? BrokenSequence, string? Problem)
{
    /// <summary>Records up to here were dropped by retention; the chain is followed from the seal that was kept of them. 0 for none.</summary>
    public long DroppedThrough { get; init; }

    /// <summary>Retention dropped records of commits before this time; null when everything is there.</summary>
    public Instant? DroppedBefore { get; init; }
}

public readonly record struct StepCount(int Version, string Step, EnrollmentStatus Status, bool Held, long Count);

/// <summary>One enrollment, as the list of who stands where shows it.</summary>
public readonly record struct Stander(
    long Contact, int Ordinal, int Version, string Step, EnrollmentStatus Status, bool Held, Instant Since, Instant? WakeAt);

public sealed record MessageQuery(
    long? Contact = null,
    string? Journey = null,
    string? Channel = null,
    OutboxStatus? Status = null,
    Instant? From = null,
    Instant? To = null,
    Guid? Before = null,
    int Limit = 100);

public sealed record MessageRow(
    Guid Id, long Contact, int Ordinal, string Journey, int Version, string Step, string Channel, string Account, string Template,
    bool IsCall, OutboxStatus Status, int Attempt, Instant QueuedAt, Instant? ChangedAt, Instant? SendBefore,
    string? VendorId, string? Reason, string? Code, string? Text, string AddressType, string Address, string Content);

public sealed record StoreTotals(long Contacts, long Events, long Facts, long Messages);
