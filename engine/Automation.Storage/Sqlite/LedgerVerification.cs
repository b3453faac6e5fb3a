using Automation.Runtime.Ports;
using Automation.Storage.Ledger;

namespace Automation.Storage.Sqlite;

/// <summary>
/// Recomputes a partition's chain of seals from its rows. Works through some hundreds of seals at a time, each on a fresh view, so
/// that the loop goes on writing meanwhile and its log can be cleared.
/// </summary>
internal sealed class LedgerVerification(ReaderPool readers, int partition, IProgress<long>? progress)
{
    private const int SealsAtATime = 256;

    private long _facts;
    private long _events;

    public VerifyResult Run(CancellationToken cancellation)
    {
        using var chain = new SealChain(RowKey.First(partition), SealBuilder.Origin);
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

    private (bool More, Breach? Broken) Chunk(StoreReader reader, SealChain chain)
    {
        var seals = Seals(reader, chain.Done);
        var isLast = seals.Count < SealsAtATime;
        var end = isLast ? RowKey.Last(partition) : seals[^1].Last;
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
        var row = reader.Query("seals_after").Bind(1, after).Bind(2, RowKey.Last(partition)).Bind(3, SealsAtATime);
        while (row.Step())
        {
            seals.Add(new StoredSeal(row.Long(0), row.Long(1), null, row.Bytes(2).ToArray(), row.Bytes(3).ToArray()));
        }
        return seals;
    }
}
