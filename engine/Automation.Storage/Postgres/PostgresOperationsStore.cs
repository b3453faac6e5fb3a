using Automation.Runtime.Ports;
using NodaTime;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>What waits, what nobody knows and what failed, each by an index of its own.</summary>
internal sealed class PostgresOperationsStore(PostgresDatabase database, int partitions) : IOperationsStore
{
    public async ValueTask<IReadOnlyList<AccountBacklog>> BacklogAsync(int countMax, CancellationToken cancellation) => await database.RowsAsync(
        "backlog",
        row => new AccountBacklog(row.GetString(0), Math.Min(row.GetInt64(1), countMax), row.GetInt64(1) > countMax, Time(row, 2)),
        cancellation, Of((long)countMax + 1));

    public async ValueTask<IReadOnlyList<PartitionLag>> TimersAsync(Instant now, CancellationToken cancellation) => await database.RowsAsync(
        "oldest_due", static row => new PartitionLag(row.GetInt32(0), Time(row, 1)), cancellation, Of(partitions), Of(now.ToUnixTimeMilliseconds()));

    public async ValueTask<IReadOnlyList<UnknownCount>> CountUnknownAsync(CancellationToken cancellation) => await database.RowsAsync(
        "count_unknown", static row => new UnknownCount(row.GetString(0), row.GetInt64(1)), cancellation);

    public async ValueTask<IReadOnlyList<MessageRow>> UnknownAsync(string? account, Guid? after, int limit, CancellationToken cancellation) =>
        await database.RowsAsync("unknown_page", PostgresLedgerStore.Message, cancellation, OfOptional(account), Of(after ?? Guid.Empty), Of(limit));

    public async ValueTask<FailedCount> CountFailedAsync(FailedQuery query, CancellationToken cancellation)
    {
        var groups = await database.RowsAsync(
            "count_failed", static row => new FailedGroup(row.GetString(0), row.GetString(1), row.GetInt64(2)), cancellation, Parameters(query));
        var people = await database.RowsAsync("count_failed_people", static row => row.GetInt64(0), cancellation, Parameters(query));
        return FailedCount.Of([.. groups.OrderByDescending(one => one.Messages).ThenBy(one => one.Reason, StringComparer.Ordinal)], people[0]);
    }

    public async ValueTask<IReadOnlyList<MessageRow>> FailedAsync(
        FailedQuery query, (Instant At, Guid Id)? after, int limit, CancellationToken cancellation) => await database.RowsAsync(
        "failed_page", PostgresLedgerStore.Message, cancellation,
        [.. Parameters(query), Of((after?.At ?? query.From).ToUnixTimeMilliseconds()), Of(after?.Id ?? Guid.Empty), Of(limit)]);

    private static NpgsqlParameter[] Parameters(FailedQuery query) =>
    [
        Of(query.From.ToUnixTimeMilliseconds()), Of(query.To.ToUnixTimeMilliseconds()), OfOptional(query.Journey), OfOptional(query.Channel),
        OfOptional(query.Account), OfOptional(query.Template), Of(query.Reasons.ToArray()),
    ];

    private static Instant Time(NpgsqlDataReader row, int column) => Instant.FromUnixTimeMilliseconds(row.GetInt64(column));
}
