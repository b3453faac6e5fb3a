using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>Recomputes a partition's chain of seals from its rows, from the beginning or from where retention cut it off.</summary>
internal sealed class LedgerVerification(ReaderPool readers, int partition, IProgress<long>? progress, VerifySpan? span = null)
{
    private readonly long _until = span is { } asked ? RowKey.Of(partition, asked.To) : RowKey.Last(partition);

    public async Task<VerifyResult> RunAsync(CancellationToken cancellation)
    {
        var anchor = readers.Read(Anchor);
        if (!anchor.Hash.AsSpan().SequenceEqual(anchor.Kept))
        {
            return With(anchor, new VerifyResult(
                false, 0, 0, 0, RowKey.Sequence(anchor.Cut), "Expected the anchor of what was dropped to be the seal that was kept of it, but one of them was changed."));
        }
        using var chain = readers.Read(reader => Begin(reader, anchor));
        return With(anchor, await new ChainVerification(chain, FillAsync, progress).RunAsync(cancellation));
    }

    public static SealMark? SealAt(StoreReader reader, int partition, long key)
    {
        var row = reader.Query("seal_at").Bind(1, key).Bind(2, RowKey.First(partition));
        var seal = row.Step() ? new SealMark(RowKey.Sequence(row.Long(0)), RowKey.Sequence(row.Long(1)), row.Time(2), row.Bytes(3).ToArray()) : null;
        row.Reset();
        return seal;
    }

    private static VerifyResult With(Dropped anchor, VerifyResult result) =>
        result with { DroppedThrough = RowKey.Sequence(anchor.Cut), DroppedBefore = anchor.Before };

    private Dropped Anchor(StoreReader reader)
    {
        var row = reader.Query("anchor").Bind(1, partition).Bind(2, RowKey.First(partition));
        var anchor = row.Step()
            ? new Dropped(row.Long(0), row.Bytes(1).ToArray(), row.IsNull(2) ? [] : row.Bytes(2).ToArray(), row.Time(3))
            : new Dropped(RowKey.First(partition), SealBuilder.Origin, SealBuilder.Origin, null);
        row.Reset();
        return anchor;
    }

    /// <summary>At the cut, or before the seal that covers where the span begins.</summary>
    private SealChain Begin(StoreReader reader, Dropped anchor)
    {
        var first = span is { From: > 1 } asked && RowKey.Of(partition, asked.From) > anchor.Cut ? SealAt(reader, partition, RowKey.Of(partition, asked.From)) : null;
        var before = first is null ? null : SealAt(reader, partition, RowKey.Of(partition, first.First) - 1);
        return before is null || RowKey.Of(partition, before.Last) <= anchor.Cut
            ? new SealChain(anchor.Cut, anchor.Hash)
            : new SealChain(RowKey.Of(partition, before.Last), before.Hash.ToArray());
    }

    private Task FillAsync(SealedPage page, long after, CancellationToken cancellation)
    {
        readers.Read(reader =>
        {
            page.Begin(Seals(reader, after));
            var last = page.IsLast && span is null ? RowKey.Last(partition) : page.Seals.Count > 0 ? page.Seals[^1].Last : after;
            RecordRows.AppendEvents(page.Events, reader, after, last, page.RowsMost);
            RecordRows.AppendFacts(page.Facts, reader, after, last, page.RowsMost);
            return page;
        });
        return Task.CompletedTask;
    }

    private List<StoredSeal> Seals(StoreReader reader, long after)
    {
        var seals = new List<StoredSeal>();
        var row = reader.Query("seals_after").Bind(1, after).Bind(2, _until).Bind(3, SealedPage.SealsAtATime);
        while (row.Step())
        {
            seals.Add(new StoredSeal(
                row.Long(0), row.Long(1), null, row.Long(5) == StoredSeal.Form ? row.Long(4) : null, row.Bytes(2).ToArray(), row.Bytes(3).ToArray()));
        }
        return seals;
    }

    /// <param name="Cut">Key of the last record that retention may have dropped.</param>
    /// <param name="Hash">Its seal, as the anchor has it.</param>
    /// <param name="Kept">The same as the seals have it.</param>
    private sealed record Dropped(long Cut, byte[] Hash, byte[] Kept, Instant? Before);
}
