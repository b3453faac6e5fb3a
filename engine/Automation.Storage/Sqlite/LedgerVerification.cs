using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>
/// Recomputes a partition's chain of seals from its rows. Works through some hundreds of seals at a time, each on a fresh view, so
/// that the loop goes on writing meanwhile and its log can be cleared.
/// </summary>
internal sealed class LedgerVerification(ReaderPool readers, int partition, IProgress<long>? progress, VerifySpan? span = null)
{
    private const int SealsAtATime = 256;

    private readonly long _until = span is { } asked ? RowKey.Of(partition, asked.To) : RowKey.Last(partition);
    private long _facts;
    private long _events;

    public VerifyResult Run(CancellationToken cancellation)
    {
        var anchor = readers.Read(Anchor);
        if (!anchor.Hash.AsSpan().SequenceEqual(anchor.Kept))
        {
            return With(anchor, new VerifyResult(
                false, 0, 0, 0, RowKey.Sequence(anchor.Cut), "Expected the anchor of what was dropped to be the seal that was kept of it, but one of them was changed."));
        }
        using var chain = readers.Read(reader => Begin(reader, anchor));
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var (more, broken) = readers.Read(reader => Chunk(reader, chain));
            if (broken is not null || !more)
            {
                return With(anchor, new VerifyResult(broken is null, _facts, _events, chain.Seals, broken?.Sequence, broken?.Problem));
            }
            progress?.Report(_facts + _events);
        }
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

    private (bool More, Breach? Broken) Chunk(StoreReader reader, SealChain chain)
    {
        var seals = Seals(reader, chain.Done);
        var isLast = seals.Count < SealsAtATime;
        var end = isLast && span is null ? RowKey.Last(partition) : seals.Count > 0 ? seals[^1].Last : chain.Done;
        var records = new MergedRecords(reader, chain.Done, end);
        records.Next();
        foreach (var seal in seals)
        {
            if (chain.Follow(seal, records) is { } breach)
            {
                records.Stop();
                return (false, breach);
            }
        }
        var uncovered = records.Key;
        (_facts, _events) = (_facts + records.Facts, _events + records.Events);
        records.Stop();
        return uncovered is { } key ? (false, Breach.At(key, "Expected every record under a seal, but no seal covers this one.")) : (!isLast, null);
    }

    private List<StoredSeal> Seals(StoreReader reader, long after)
    {
        var seals = new List<StoredSeal>();
        var row = reader.Query("seals_after").Bind(1, after).Bind(2, _until).Bind(3, SealsAtATime);
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
