using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>
/// Drops whole periods of events and facts. Their seals stay, and the last of them becomes the anchor that verification starts from; it
/// is written first, so that a verification that runs meanwhile misses nothing. Broken off anywhere, it is simply run again.
/// </summary>
internal sealed class LedgerRetention(PostgresDatabase database)
{
    private const int KeysAtATime = 50_000;

    /// <returns>How many periods were dropped.</returns>
    public async Task<int> DropBeforeAsync(long before, CancellationToken cancellation)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        var periods = await EndedAsync(connection, before, cancellation);
        foreach (var (name, ends) in periods)
        {
            await ExecuteAsync(connection, PostgresSql.Query("anchor_seals"), cancellation, Statements.Of(ends));
            foreach (var table in new[] { "event", "fact" })
            {
                await DetachAsync(connection, table, name, cancellation);
            }
            await DropKeysAsync(connection, ends, cancellation);
            await ExecuteAsync(
                connection, $"DROP TABLE IF EXISTS event_{name}, fact_{name}; DELETE FROM ledger_period WHERE name = '{name}'", cancellation);
        }
        return periods.Count;
    }

    // Concurrently: commits and readers go on. What a run before this one left half detached is finished.
    private static async Task DetachAsync(NpgsqlConnection connection, string table, string name, CancellationToken cancellation)
    {
        await using var asked = new NpgsqlCommand(
            $"SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = to_regclass('{table}_{name}')", connection);
        if (await asked.ExecuteScalarAsync(cancellation) is bool pending)
        {
            await ExecuteAsync(
                connection, $"ALTER TABLE {table} DETACH PARTITION {table}_{name} {(pending ? "FINALIZE" : "CONCURRENTLY")}", cancellation);
        }
    }

    private static async Task DropKeysAsync(NpgsqlConnection connection, long before, CancellationToken cancellation)
    {
        int dropped;
        do
        {
            await using var command = new NpgsqlCommand(PostgresSql.Query("delete_event_keys"), connection);
            command.Parameters.Add(Statements.Of(before));
            command.Parameters.Add(Statements.Of(KeysAtATime));
            dropped = await command.ExecuteNonQueryAsync(cancellation);
        }
        while (dropped == KeysAtATime);
    }

    private static async Task<List<(string Name, long Ends)>> EndedAsync(NpgsqlConnection connection, long before, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT name, ends_at FROM ledger_period WHERE ends_at <= $1 ORDER BY ends_at", connection);
        command.Parameters.Add(Statements.Of(before));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var periods = new List<(string, long)>();
        while (await reader.ReadAsync(cancellation))
        {
            periods.Add((reader.GetString(0), reader.GetInt64(1)));
        }
        return periods;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
