using System.Buffers.Binary;
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

    private byte[] _previous = SealBuilder.Origin;
    private long _done = RowKey.First(partition);
    private long _facts;
    private long _events;
    private long _seals;

    public VerifyResult Run(CancellationToken cancellation)
    {
        using var builder = new SealBuilder();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var (more, broken) = readers.Read(reader => Chunk(reader, builder));
            if (broken is not null || !more)
            {
                return new VerifyResult(broken is null, _facts, _events, _seals, broken?.Sequence, broken?.Problem);
            }
            progress?.Report(_facts + _events);
        }
    }

    private (bool More, Breach? Broken) Chunk(StoreReader reader, SealBuilder builder)
    {
        var seals = Seals(reader);
        var isLast = seals.Count < SealsAtATime;
        var end = isLast ? RowKey.Last(partition) : seals[^1].Last;
        var records = new MergedRecords(reader, _done, end);
        records.Next();
        foreach (var seal in seals)
        {
            if (Follow(seal, records, builder) is { } breach)
            {
                records.Stop();
                return (false, breach);
            }
            _seals++;
            _done = seal.Last;
        }
        var uncovered = records.Key;
        (_facts, _events) = (_facts + records.Facts, _events + records.Events);
        records.Stop();
        return uncovered is { } key ? (false, Breach.At(key, "Expected every record under a seal, but no seal covers this one.")) : (!isLast, null);
    }

    private Breach? Follow(Seal seal, MergedRecords records, SealBuilder builder)
    {
        if (seal.First <= _done || seal.Last < seal.First)
        {
            return Breach.At(seal.First, "Expected seals that follow one another, but this one overlaps.");
        }
        builder.Start(_previous);
        Breach? breach = null;
        for (var expected = seal.First; expected <= seal.Last; expected++)
        {
            if (records.Key is not { } key || key > expected)
            {
                return breach ?? Breach.At(expected, "Expected a record here, but it is gone.");
            }
            if (key < expected)
            {
                return breach ?? Breach.At(key, "Expected one record here under a seal, but there is another.");
            }
            records.AppendLine(builder.Lines);
            builder.EndLine();
            if (breach is null && !seal.Allows(builder))
            {
                breach = Breach.At(key, "Expected the record as it was sealed, but it was changed.");
            }
            records.Next();
        }
        var hash = builder.Seal();
        if (seal.Checks.Length != builder.Checks.Length)
        {
            breach ??= Breach.At(seal.First, "Expected a seal of as many records as it says, but its checks are of another length.");
        }
        if (!hash.AsSpan().SequenceEqual(seal.Hash))
        {
            breach ??= Breach.At(seal.First, "Expected the seal to follow from its predecessor and its records, but it does not: it was changed, or a seal before it is gone.");
        }
        _previous = hash;
        return breach;
    }

    private List<Seal> Seals(StoreReader reader)
    {
        var seals = new List<Seal>();
        var row = reader.Query("seals_after").Bind(1, _done).Bind(2, RowKey.Last(partition)).Bind(3, SealsAtATime);
        while (row.Step())
        {
            seals.Add(new Seal(row.Long(0), row.Long(1), row.Bytes(2).ToArray(), row.Bytes(3).ToArray()));
        }
        return seals;
    }

    private sealed record Seal(long First, long Last, byte[] Hash, byte[] Checks)
    {
        /// <summary>Whether the line just ended is the one that was sealed at this place.</summary>
        public bool Allows(SealBuilder builder)
        {
            var at = (builder.Count - 1) * SealBuilder.CheckLength;
            return Checks.Length >= at + SealBuilder.CheckLength
                && BinaryPrimitives.ReadUInt32LittleEndian(Checks.AsSpan(at)) == BinaryPrimitives.ReadUInt32LittleEndian(builder.Checks[at..]);
        }
    }

    private sealed record Breach(long Sequence, string Problem)
    {
        public static Breach At(long key, string problem) => new(RowKey.Sequence(key), problem);
    }
}
