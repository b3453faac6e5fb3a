using Automation.Storage.Ledger;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>A partition's seals and the records under them, some thousands at a time, so that nothing is held open meanwhile.</summary>
internal sealed class RecordPages(PostgresDatabase database, int partition)
{
    /// <summary>The next seals after a key and all records up to the last of them; on the last page, all records there are.</summary>
    public ValueTask<RecordPage> NextAsync(long after, CancellationToken cancellation) =>
        database.ReadAsync(connection => NextAsync(connection, after, cancellation), cancellation);

    public static async Task<List<StoredSeal>> SealsAsync(NpgsqlConnection connection, long after, long until, CancellationToken cancellation)
    {
        await using var statements = new Statements(connection);
        statements.Add("seals_after", Of(after), Of(until), Of(SealedPage.SealsAtATime));
        var seals = new List<StoredSeal>();
        await using var reader = await statements.ReadAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            seals.Add(new StoredSeal(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt16(6) == StoredSeal.Form ? reader.GetInt64(5) : null,
                reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<byte[]>(4)));
        }
        return seals;
    }

    private async Task<RecordPage> NextAsync(NpgsqlConnection connection, long after, CancellationToken cancellation)
    {
        // One view: a commit that ends between the two questions must be on neither side.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var (seals, isLast) = SealedPage.Some(await SealsAsync(connection, after, RowKey.Last(partition), cancellation));
        var end = isLast ? RowKey.Last(partition) : seals[^1].Last;
        await using var statements = new Statements(connection);
        statements.Add("events_between", Of(after), Of(end), Of(long.MaxValue));
        statements.Add("facts_between", Of(after), Of(end), Of(long.MaxValue));
        var records = new List<StoredRecord>();
        await using var reader = await statements.ReadAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            records.Add(StoredEvent.Of(reader));
        }
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            records.Add(StoredFact.Of(reader));
        }
        records.Sort(static (x, y) => x.Key.CompareTo(y.Key));
        return new RecordPage(seals, records, isLast);
    }
}

/// <param name="Records">In the order of their keys.</param>
/// <param name="IsLast">Whether no seal comes after these.</param>
internal sealed record RecordPage(IReadOnlyList<StoredSeal> Seals, IReadOnlyList<StoredRecord> Records, bool IsLast);
