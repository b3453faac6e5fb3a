using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;
using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>
/// Drops whole periods of events and of facts, and deletes non-matches in periods whose facts stay. Seals stay too, and the last of
/// what was touched becomes the anchor that verification starts from; it is written first, so that a verification that runs
/// meanwhile misses nothing. Broken off anywhere, it is simply run again.
/// </summary>
internal sealed class LedgerRetention(PostgresDatabase database)
{
    private const int RowsAtATime = 50_000;

    // "RETENTIO" in ASCII.
    private const long Lock = 0x524554454E54494F;

    public async Task<LedgerDropped> DropAsync(LedgerCuts cuts, CancellationToken cancellation)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        await using var asked = new NpgsqlCommand(FormattableString.Invariant($"SELECT pg_try_advisory_lock({Lock})"), connection);
        if (await asked.ExecuteScalarAsync(cancellation) is not true)
        {
            return LedgerDropped.Nothing;
        }
        try
        {
            var dropped = LedgerDropped.Nothing;
            foreach (var period in await PeriodsAsync(connection, cancellation))
            {
                dropped = await DropAsync(connection, period, cuts, dropped, cancellation);
            }
            return dropped;
        }
        finally
        {
            // The session goes back to the pool, and would keep it.
            await ExecuteAsync(connection, FormattableString.Invariant($"SELECT pg_advisory_unlock({Lock})"), CancellationToken.None);
        }
    }

    private static async Task<LedgerDropped> DropAsync(
        NpgsqlConnection connection, Period period, LedgerCuts cuts, LedgerDropped dropped, CancellationToken cancellation)
    {
        var events = period.HasEvents && IsOver(period, cuts.Events);
        var facts = period.HasFacts && IsOver(period, cuts.Facts);
        var nonMatches = period.HasFacts && !facts && period.HasNonMatches && IsOver(period, cuts.NonMatches);
        if (!events && !facts && !nonMatches)
        {
            return dropped;
        }
        await ExecuteAsync(connection, PostgresSql.Query("anchor_seals"), cancellation, Statements.Of(period.Ends));
        if (events)
        {
            await DropTableAsync(connection, "event", period, cancellation);
            await DeleteAsync(connection, PostgresSql.Query("delete_event_keys"), Statements.Of(period.Ends), cancellation);
            dropped = dropped with { EventPeriods = dropped.EventPeriods + 1 };
        }
        if (facts)
        {
            await DropTableAsync(connection, "fact", period, cancellation);
            dropped = dropped with { FactPeriods = dropped.FactPeriods + 1 };
        }
        if (nonMatches)
        {
            var deleted = await DeleteAsync(
                connection, PostgresSql.Query("delete_non_matches").Replace("fact_period", $"fact_{period.Name}", StringComparison.Ordinal),
                Statements.Of(new[] { Reasons.TriggerNotMatched, Reasons.AudienceNotMatched }), cancellation);
            dropped = dropped with { NonMatches = dropped.NonMatches + deleted };
        }
        await ExecuteAsync(
            connection, PostgresSql.Query("note_dropped"), cancellation,
            Statements.Of(period.Name), Statements.Of(period.HasEvents && !events), Statements.Of(period.HasFacts && !facts), Statements.Of(period.HasNonMatches && !nonMatches));
        return dropped;
    }

    private static bool IsOver(Period period, Instant? before) => before is { } cut && period.Ends <= cut.ToUnixTimeMilliseconds();

    // Concurrently: commits and readers go on. What a run before this one left half detached is finished.
    private static async Task DropTableAsync(NpgsqlConnection connection, string table, Period period, CancellationToken cancellation)
    {
        await using (var asked = new NpgsqlCommand(
            $"SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = to_regclass('{table}_{period.Name}')", connection))
        {
            if (await asked.ExecuteScalarAsync(cancellation) is bool pending)
            {
                await ExecuteAsync(
                    connection, $"ALTER TABLE {table} DETACH PARTITION {table}_{period.Name} {(pending ? "FINALIZE" : "CONCURRENTLY")}", cancellation);
            }
        }
        await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {table}_{period.Name}", cancellation);
    }

    // Some at a time, so that no transaction is long.
    private static async Task<long> DeleteAsync(NpgsqlConnection connection, string sql, NpgsqlParameter which, CancellationToken cancellation)
    {
        var all = 0L;
        int deleted;
        do
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(which.Clone());
            command.Parameters.Add(Statements.Of(RowsAtATime));
            deleted = await command.ExecuteNonQueryAsync(cancellation);
            all += deleted;
        }
        while (deleted == RowsAtATime);
        return all;
    }

    private static async Task<List<Period>> PeriodsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(PostgresSql.Query("ledger_periods"), connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var periods = new List<Period>();
        while (await reader.ReadAsync(cancellation))
        {
            periods.Add(new Period(reader.GetString(0), reader.GetInt64(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetBoolean(4)));
        }
        return periods;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed record Period(string Name, long Ends, bool HasEvents, bool HasFacts, bool HasNonMatches);
}
