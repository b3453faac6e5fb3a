using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Memory;

/// <summary>What waits, what nobody knows and what failed.</summary>
public sealed partial class InMemoryStore : IOperationsStore
{
    private readonly HashSet<Guid> _failed = [];

    public ValueTask<IReadOnlyList<AccountBacklog>> BacklogAsync(int countMax, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(
                Rows().Where(row => row.Status == OutboxStatus.Queued).GroupBy(row => row.Account, StringComparer.Ordinal)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new AccountBacklog(
                        group.Key, Math.Min(group.Count(), countMax), group.Count() > countMax, group.Min(row => row.ChangedAt ?? row.QueuedAt))),
                int.MaxValue);
        }
    }

    public ValueTask<IReadOnlyList<PartitionLag>> TimersAsync(Instant now, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(_due.Where(one => one.Due <= now).Take(1).Select(one => new PartitionLag(0, one.Due)), 1);
        }
    }

    public ValueTask<IReadOnlyList<UnknownCount>> CountUnknownAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(
                Rows().Where(row => row.Status == OutboxStatus.Unknown).GroupBy(row => row.Account, StringComparer.Ordinal)
                    .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new UnknownCount(group.Key, group.Count())),
                int.MaxValue);
        }
    }

    public ValueTask<IReadOnlyList<MessageRow>> UnknownAsync(string? account, Guid? after, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var from = after is { } last ? _messageOrder.IndexOf(last) + 1 : 0;
            return List(
                _messageOrder.Skip(from).Select(id => _messages[id])
                    .Where(row => row.Status == OutboxStatus.Unknown && (account is null || row.Account == account)),
                limit);
        }
    }

    public ValueTask<FailedCount> CountFailedAsync(FailedQuery query, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var rows = Failed(query).ToList();
            var groups = rows.GroupBy(row => (row.Reason, row.Account)).Select(group => new FailedGroup(group.Key.Reason!, group.Key.Account, group.Count()));
            return ValueTask.FromResult(FailedCount.Of(
                [.. groups.OrderByDescending(one => one.Messages).ThenBy(one => one.Reason, StringComparer.Ordinal)],
                rows.Select(row => row.Contact).Distinct().Count()));
        }
    }

    public ValueTask<IReadOnlyList<MessageRow>> FailedAsync(FailedQuery query, (Instant At, Guid Id)? after, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var last = after is { } place ? (place.At, Order: _messageOrder.IndexOf(place.Id)) : (query.From, Order: -1);
            return List(
                Failed(query).Select(row => (Row: row, Place: (row.ChangedAt!.Value, _messageOrder.IndexOf(row.Id))))
                    .Where(one => one.Place.CompareTo(last) > 0).OrderBy(one => one.Place).Select(one => one.Row),
                limit);
        }
    }

    private IEnumerable<MessageRow> Failed(FailedQuery query) => Rows().Where(row =>
        _failed.Contains(row.Id) && row.ChangedAt >= query.From && row.ChangedAt < query.To
        && (query.Journey is null || row.Journey == query.Journey) && (query.Channel is null || row.Channel == query.Channel)
        && (query.Account is null || row.Account == query.Account) && (query.Template is null || row.Template == query.Template)
        && (query.Reasons.Count == 0 || query.Reasons.Contains(row.Reason, StringComparer.Ordinal)));
}
