using Automation.Runtime.Ports;
using Automation.Storage.Ledger;

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
        using var chain = readers.Read(Begin);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var (more, broken) = readers.Read(reader => Chunk(reader, chain));
            if (broken is not null || !more)
            {
                return new VerifyResult(broken is null, _facts, _events, chain.Seals, broken?.Sequence, broken?.Problem);
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

    /// <summary>Before the first seal, or before the one that covers where the span begins.</summary>
    private SealChain Begin(StoreReader reader)
    {
        var first = span is { From: > 1 } asked ? SealAt(reader, partition, RowKey.Of(partition, asked.From)) : null;
        var before = first is null ? null : SealAt(reader, partition, RowKey.Of(partition, first.First) - 1);
        return before is null
            ? new SealChain(RowKey.First(partition), SealBuilder.Origin)
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
            seals.Add(new StoredSeal(row.Long(0), row.Long(1), null, row.Bytes(2).ToArray(), row.Bytes(3).ToArray()));
        }
        return seals;
    }
}
