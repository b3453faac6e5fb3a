using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>Recomputes a partition's chain of seals from its rows, from the beginning or from where retention cut it off.</summary>
internal sealed class PostgresVerification(PostgresDatabase database, int partition, IProgress<long>? progress, VerifySpan? span = null)
{
    private readonly long _until = span is { } asked ? RowKey.Of(partition, asked.To) : RowKey.Last(partition);
    private readonly CopiedLines _lines = new();

    public async Task<VerifyResult> RunAsync(CancellationToken cancellation)
    {
        var (cut, hash, kept, before) = await AnchorAsync(cancellation);
        if (!hash.AsSpan().SequenceEqual(kept))
        {
            return new VerifyResult(
                false, 0, 0, 0, RowKey.Sequence(cut), "Expected the anchor of what was dropped to be the seal that was kept of it, but one of them was changed.")
            {
                DroppedThrough = RowKey.Sequence(cut), DroppedBefore = before,
            };
        }
        using var chain = await BeginAsync(cut, hash, cancellation);
        var result = await new ChainVerification(chain, FillAsync, progress).RunAsync(cancellation);
        return result with { DroppedThrough = RowKey.Sequence(cut), DroppedBefore = before };
    }

    public static async ValueTask<SealMark?> SealAtAsync(PostgresDatabase database, int partition, long key, CancellationToken cancellation) =>
        await database.ReadAsync(
            async connection =>
            {
                await using var statements = new Statements(connection);
                statements.Add("seal_at", Of(key), Of(RowKey.First(partition)));
                await using var row = await statements.ReadAsync(cancellation);
                return await row.ReadAsync(cancellation)
                    ? new SealMark(
                        RowKey.Sequence(row.GetInt64(0)), RowKey.Sequence(row.GetInt64(1)), Instant.FromUnixTimeMilliseconds(row.GetInt64(2)),
                        row.GetFieldValue<byte[]>(3))
                    : null;
            },
            cancellation);

    private async Task FillAsync(SealedPage page, long after, CancellationToken cancellation) =>
        await database.ReadAsync(connection => FillAsync(connection, page, after, cancellation), cancellation);

    private async Task<SealedPage> FillAsync(NpgsqlConnection connection, SealedPage page, long after, CancellationToken cancellation)
    {
        // One view: a commit that ends between the questions must be on neither side.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        page.Begin(await RecordPages.SealsAsync(connection, after, _until, cancellation));
        var last = page.IsLast && span is null ? RowKey.Last(partition) : page.Seals.Count > 0 ? page.Seals[^1].Last : after;
        await _lines.AppendAsync(page, connection, after, last, cancellation);
        return page;
    }

    /// <summary>At the cut, or before the seal that covers where the span begins.</summary>
    private async ValueTask<SealChain> BeginAsync(long cut, byte[] hash, CancellationToken cancellation)
    {
        var first = span is { } asked && RowKey.Of(partition, asked.From) > cut
            ? await SealAtAsync(database, partition, RowKey.Of(partition, asked.From), cancellation) : null;
        var before = first is null ? null : await SealAtAsync(database, partition, RowKey.Of(partition, first.First) - 1, cancellation);
        return before is null || RowKey.Of(partition, before.Last) <= cut
            ? new SealChain(cut, hash)
            : new SealChain(RowKey.Of(partition, before.Last), before.Hash.ToArray());
    }

    private ValueTask<(long Cut, byte[] Hash, byte[] Kept, Instant? Before)> AnchorAsync(CancellationToken cancellation) =>
        database.ReadAsync(connection => AnchorAsync(connection, cancellation), cancellation);

    private async Task<(long Cut, byte[] Hash, byte[] Kept, Instant? Before)> AnchorAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var statements = new Statements(connection);
        statements.Add("anchor", Of(partition));
        await using var reader = await statements.ReadAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), await reader.IsDBNullAsync(2, cancellation) ? [] : reader.GetFieldValue<byte[]>(2),
                Instant.FromUnixTimeMilliseconds(reader.GetInt64(3)))
            : (RowKey.First(partition), SealBuilder.Origin, SealBuilder.Origin, null);
    }
}
