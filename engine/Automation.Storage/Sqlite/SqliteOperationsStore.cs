using System.Text.Json;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>What waits, what nobody knows and what failed, each by an index of its own.</summary>
internal sealed class SqliteOperationsStore(ReaderPool readers) : IOperationsStore
{
    public ValueTask<IReadOnlyList<AccountBacklog>> BacklogAsync(int countMax, CancellationToken cancellation) => All(
        reader => reader.Query("backlog").Bind(1, (long)countMax + 1),
        (reader, row) => new AccountBacklog(
            reader.Names.Read(row, 0).Text, Math.Min(row.Long(1), countMax), row.Long(1) > countMax, row.Time(2)),
        static found => [.. found.OrderBy(one => one.Account, StringComparer.Ordinal)]);

    public ValueTask<IReadOnlyList<PartitionLag>> TimersAsync(Instant now, CancellationToken cancellation) =>
        All(reader => reader.Query("oldest_due").Bind(1, now), static (_, row) => new PartitionLag(0, row.Time(0)));

    public ValueTask<IReadOnlyList<UnknownCount>> CountUnknownAsync(CancellationToken cancellation) => All(
        reader => reader.Query("count_unknown"),
        static (reader, row) => new UnknownCount(reader.Names.Read(row, 0).Text, row.Long(1)),
        static found => [.. found.OrderBy(one => one.Account, StringComparer.Ordinal)]);

    public ValueTask<IReadOnlyList<MessageRow>> UnknownAsync(string? account, Guid? after, int limit, CancellationToken cancellation) => All(
        reader => reader.Query("unknown_page").Bind(1, Name(reader, account)).Bind(2, after ?? Guid.Empty).Bind(3, limit), SqliteLedgerStore.Message);

    public ValueTask<FailedCount> CountFailedAsync(FailedQuery query, CancellationToken cancellation) => ValueTask.FromResult(readers.Read(reader =>
    {
        var groups = new List<FailedGroup>();
        var row = Of(reader, "count_failed", query);
        while (row.Step())
        {
            groups.Add(new FailedGroup(reader.Names.Read(row, 0).Text, reader.Names.Read(row, 1).Text, row.Long(2)));
        }
        var people = Of(reader, "count_failed_people", query);
        people.Step();
        var count = FailedCount.Of([.. groups.OrderByDescending(one => one.Messages).ThenBy(one => one.Reason, StringComparer.Ordinal)], people.Long(0));
        people.Reset();
        return count;
    }));

    public ValueTask<IReadOnlyList<MessageRow>> FailedAsync(FailedQuery query, (Instant At, Guid Id)? after, int limit, CancellationToken cancellation) => All(
        reader => Of(reader, "failed_page", query).Bind(8, after?.At ?? query.From).Bind(9, after?.Id ?? Guid.Empty).Bind(10, limit),
        SqliteLedgerStore.Message);

    private static SqliteStatement Of(StoreReader reader, string text, FailedQuery query) => reader.Query(text)
        .Bind(1, query.From).Bind(2, query.To).Bind(3, Name(reader, query.Journey)).Bind(4, Name(reader, query.Channel))
        .Bind(5, Name(reader, query.Account)).Bind(6, Name(reader, query.Template))
        .Bind(7, query.Reasons.Count == 0 ? null : JsonSerializer.Serialize(query.Reasons));

    private static StoredName? Name(StoreReader reader, string? text) => text is null ? null : reader.Names.Find(text);

    private ValueTask<IReadOnlyList<T>> All<T>(
        Func<StoreReader, SqliteStatement> search, Func<StoreReader, SqliteStatement, T> read, Func<List<T>, IReadOnlyList<T>>? sort = null) =>
        ValueTask.FromResult(readers.Read(reader =>
        {
            var found = new List<T>();
            var row = search(reader);
            while (row.Step())
            {
                found.Add(read(reader, row));
            }
            return sort is null ? found : sort(found);
        }));
}
