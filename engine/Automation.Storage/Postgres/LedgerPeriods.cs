using System.Globalization;
using NodaTime;
using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>
/// The stretches of time that events and facts are kept in, a pair of tables each. They are made ahead, by whoever commits or keeps house
/// first, and dropped whole when their time has come.
/// </summary>
internal sealed class LedgerPeriods(PostgresDatabase database, LedgerPeriod length) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private IReadOnlyList<(long Starts, long Ends)> _known = [];

    /// <summary>Makes sure that there is a period for this time, in milliseconds, and one for the time after it.</summary>
    public async ValueTask EnsureAsync(long at, CancellationToken cancellation)
    {
        if (Covers(_known, at))
        {
            return;
        }
        await _turn.WaitAsync(cancellation);
        try
        {
            if (!Covers(_known, at))
            {
                _known = await MakeAsync(at, cancellation);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes the period after the one at hand, long before the first commit needs it.</summary>
    public async ValueTask MakeAheadAsync(long at, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            _known = await MakeAsync(at, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static bool Covers(IReadOnlyList<(long Starts, long Ends)> periods, long at)
    {
        foreach (var (starts, ends) in periods)
        {
            if (starts <= at && at < ends)
            {
                return true;
            }
        }
        return false;
    }

    private async Task<IReadOnlyList<(long Starts, long Ends)>> MakeAsync(long at, CancellationToken cancellation)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Nodes take turns; readers and commits go on meanwhile.
        await ExecuteAsync(connection, "LOCK TABLE ledger_period IN SHARE ROW EXCLUSIVE MODE", cancellation);
        var periods = await PeriodsAsync(connection, cancellation);
        if (!Covers(periods, at))
        {
            periods.Add(await MakeOneAsync(connection, periods, at, cancellation));
        }
        var next = periods.Find(p => p.Starts <= at && at < p.Ends).Ends;
        if (!Covers(periods, next))
        {
            periods.Add(await MakeOneAsync(connection, periods, next, cancellation));
        }
        await transaction.CommitAsync(cancellation);
        return periods;
    }

    private async Task<(long Starts, long Ends)> MakeOneAsync(
        NpgsqlConnection connection, List<(long Starts, long Ends)> periods, long at, CancellationToken cancellation)
    {
        // Where the length was another one before, the new period fills what is left between its neighbours.
        var (starts, ends) = Around(at);
        starts = Math.Max(starts, periods.Where(p => p.Ends <= at).Select(p => p.Ends).DefaultIfEmpty(long.MinValue).Max());
        ends = Math.Min(ends, periods.Where(p => p.Starts > at).Select(p => p.Starts).DefaultIfEmpty(long.MaxValue).Min());
        var name = Instant.FromUnixTimeMilliseconds(starts).ToString("uuuuMMdd'T'HHmm", CultureInfo.InvariantCulture).Replace("T0000", "", StringComparison.Ordinal).ToLowerInvariant();
        await ExecuteAsync(connection, FormattableString.Invariant($"""
            INSERT INTO ledger_period VALUES ('{name}', {starts}, {ends});
            CREATE TABLE event_{name} (LIKE event);
            CREATE UNIQUE INDEX event_{name}_sequence ON event_{name} (sequence);
            CREATE INDEX event_{name}_contact ON event_{name} (contact);
            ALTER TABLE event ATTACH PARTITION event_{name} FOR VALUES FROM ({starts}) TO ({ends});
            CREATE TABLE fact_{name} (LIKE fact);
            CREATE UNIQUE INDEX fact_{name}_sequence ON fact_{name} (sequence);
            CREATE INDEX fact_{name}_contact ON fact_{name} (contact);
            CREATE INDEX fact_{name}_tally ON fact_{name} (tally, at, sequence);
            CREATE INDEX fact_{name}_actor ON fact_{name} (actor, at, sequence) WHERE actor IS NOT NULL;
            ALTER TABLE fact ATTACH PARTITION fact_{name} FOR VALUES FROM ({starts}) TO ({ends});
            """), cancellation);
        return (starts, ends);
    }

    private (long Starts, long Ends) Around(long at)
    {
        var day = Instant.FromUnixTimeMilliseconds(at).InUtc().Date;
        var (from, to) = length switch
        {
            LedgerPeriod.Day => (day, day.PlusDays(1)),
            LedgerPeriod.Week => (day.PlusDays(1 - (int)day.DayOfWeek), day.PlusDays(8 - (int)day.DayOfWeek)),
            _ => (new LocalDate(day.Year, day.Month, 1), new LocalDate(day.Year, day.Month, 1).PlusMonths(1)),
        };
        return (Milliseconds(from), Milliseconds(to));

        static long Milliseconds(LocalDate date) => date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant().ToUnixTimeMilliseconds();
    }

    private static async Task<List<(long Starts, long Ends)>> PeriodsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT starts_at, ends_at FROM ledger_period", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var periods = new List<(long, long)>();
        while (await reader.ReadAsync(cancellation))
        {
            periods.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }
        return periods;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
