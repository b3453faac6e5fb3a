using Automation.Runtime.Ports;
using NodaTime;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>
/// What people hold back. A change waits for the claims that could not see it yet, so that after it there are none; and it counts as
/// a change of definitions, which other processes notice within a second.
/// </summary>
internal sealed class PostgresHoldStore(PostgresDatabase database) : IHoldStore
{
    public async ValueTask<IReadOnlyList<Hold>> ListAsync(CancellationToken cancellation) => await database.RowsAsync(
        "holds",
        static row => new Hold(
            new HoldTarget((HoldScope)row.GetInt16(0), row.GetString(1)), Time(row, 2), row.GetString(3), row.GetString(4),
            row.IsDBNull(5) ? null : new HoldEnd(Time(row, 5), row.GetString(6), row.GetString(7))),
        cancellation);

    public ValueTask<bool> PutAsync(Hold hold, CancellationToken cancellation) => ChangeAsync(
        "insert_hold", cancellation,
        Of((short)hold.Target.Scope), Of(hold.Target.Key), Of(hold.Since.ToUnixTimeMilliseconds()), Of(hold.By), Of(hold.Reason));

    public ValueTask<bool> ReleaseAsync(HoldTarget target, HoldEnd end, CancellationToken cancellation) => ChangeAsync(
        "release_hold", cancellation,
        Of((short)target.Scope), Of(target.Key), Of(end.At.ToUnixTimeMilliseconds()), Of(end.By), Of(end.Reason));

    public async ValueTask<HoldCount> CountAsync(HoldTarget target, CancellationToken cancellation) => (await database.RowsAsync(
        "count_held", static row => new HoldCount(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellation,
        Of((short)target.Scope), Of(target.Key)))[0];

    private async ValueTask<bool> ChangeAsync(string query, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(connection, "next_definition_revision", cancellation);
        await RunAsync(connection, "lock_holds", cancellation);
        var changed = await RunAsync(connection, query, cancellation, parameters);
        await transaction.CommitAsync(cancellation);
        return changed == 1;
    }

    private static async Task<int> RunAsync(NpgsqlConnection connection, string query, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var statements = new Statements(connection);
        statements.Add(query, parameters);
        return await statements.RunAsync(cancellation);
    }

    private static Instant Time(NpgsqlDataReader row, int column) => Instant.FromUnixTimeMilliseconds(row.GetInt64(column));
}
