using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>
/// What whoever keeps the system running asks of the store: what waits and for how long, what nobody knows, what failed. Every answer costs
/// what it finds and is bounded, however much waits and however long the history is.
/// </summary>
public interface IOperationsStore
{
    /// <summary>Each account that has queued messages, in the order of their keys.</summary>
    /// <param name="countMax">Counts no further; what is more is told as more.</param>
    ValueTask<IReadOnlyList<AccountBacklog>> BacklogAsync(int countMax, CancellationToken cancellation);

    /// <summary>The oldest deadline of each partition that has come and was not woken for; partitions without one are left out.</summary>
    ValueTask<IReadOnlyList<PartitionLag>> TimersAsync(Instant now, CancellationToken cancellation);

    /// <summary>How many outcomes are unknown, by account.</summary>
    ValueTask<IReadOnlyList<UnknownCount>> CountUnknownAsync(CancellationToken cancellation);

    /// <summary>Messages whose outcome is unknown, oldest first.</summary>
    /// <param name="account">Null for all.</param>
    ValueTask<IReadOnlyList<MessageRow>> UnknownAsync(string? account, Guid? after, int limit, CancellationToken cancellation);

    /// <summary>What failed for good and was not replayed, by reason and account, and how many people it is about.</summary>
    ValueTask<FailedCount> CountFailedAsync(FailedQuery query, CancellationToken cancellation);

    /// <summary>The same one by one, in the order in which they failed.</summary>
    /// <param name="after">The last one of the page before.</param>
    ValueTask<IReadOnlyList<MessageRow>> FailedAsync(FailedQuery query, (Instant At, Guid Id)? after, int limit, CancellationToken cancellation);
}

/// <param name="Waiting">Queued messages, counted up to a bound.</param>
/// <param name="IsMore">There are more than were counted.</param>
/// <param name="Oldest">Since when the oldest of those next in turn waits.</param>
public sealed record AccountBacklog(string Account, long Waiting, bool IsMore, Instant Oldest);

/// <param name="OldestDue">When the longest overdue contact was due.</param>
public readonly record struct PartitionLag(int Partition, Instant OldestDue);

public readonly record struct UnknownCount(string Account, long Count);

/// <summary>Filters; null means any.</summary>
/// <param name="From">Failed at this time or later.</param>
/// <param name="To">Failed before this.</param>
public sealed record FailedQuery(Instant From, Instant To)
{
    public string? Journey { get; init; }

    public string? Channel { get; init; }

    public string? Account { get; init; }

    public string? Template { get; init; }

    /// <summary>Any of these; empty for all.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}

public sealed record FailedCount(long Messages, long People, IReadOnlyList<FailedGroup> Groups)
{
    public static FailedCount Of(IReadOnlyList<FailedGroup> groups, long people) => new(groups.Sum(group => group.Messages), people, groups);
}

public readonly record struct FailedGroup(string Reason, string Account, long Messages);
