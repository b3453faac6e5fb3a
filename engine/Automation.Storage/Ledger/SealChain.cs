using System.Buffers.Binary;

namespace Automation.Storage.Ledger;

/// <param name="Revision">Null in a store that keeps none.</param>
/// <param name="At">When the commit was; null for a seal that does not cover it.</param>
internal sealed record StoredSeal(long First, long Last, long? Revision, long? At, byte[] Hash, byte[] Checks)
{
    /// <summary>A seal over the commit's time too; those of the form before it, number 1, cover the records alone.</summary>
    public const int Form = 2;

    /// <summary>How many records it has checks of.</summary>
    public int Count => Checks.Length / SealBuilder.CheckLength;

    /// <summary>Whether the line just ended is the one that was sealed at this place.</summary>
    public bool Allows(SealBuilder builder)
    {
        var at = (builder.Count - 1) * SealBuilder.CheckLength;
        return Checks.Length >= at + SealBuilder.CheckLength
            && BinaryPrimitives.ReadUInt32LittleEndian(Checks.AsSpan(at)) == BinaryPrimitives.ReadUInt32LittleEndian(builder.Checks[at..]);
    }
}

internal sealed record Breach(long Sequence, string Problem)
{
    public static Breach At(long key, string problem) => new(RowKey.Sequence(key), problem);
}

/// <summary>Recomputes seals from their records, one after the other, and names the first record that does not fit.</summary>
/// <param name="after">Key of the last record before.</param>
/// <param name="previous">Its seal.</param>
internal sealed class SealChain(long after, byte[] previous) : IDisposable
{
    private readonly SealBuilder _builder = new();
    private byte[] _previous = previous;

    /// <summary>Key of the last record under a seal that was followed.</summary>
    public long Done { get; private set; } = after;

    public long Seals { get; private set; }

    public Breach? Follow(StoredSeal seal, SealedPage records)
    {
        if (seal.First <= Done || seal.Last < seal.First)
        {
            return Breach.At(seal.First, "Expected seals that follow one another, but this one overlaps.");
        }
        _builder.Start(_previous, seal.Revision, seal.At);
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
            _builder.Lines.Append(records.Line);
            _builder.EndLine();
            if (breach is null && !seal.Allows(_builder))
            {
                breach = Breach.At(key, "Expected the record as it was sealed, but it was changed.");
            }
            records.Next();
        }
        var hash = _builder.Seal();
        if (seal.Checks.Length != _builder.Checks.Length)
        {
            breach ??= Breach.At(seal.First, "Expected a seal of as many records as it says, but its checks are of another length.");
        }
        if (!hash.AsSpan().SequenceEqual(seal.Hash))
        {
            breach ??= Breach.At(seal.First, "Expected the seal to follow from its predecessor and its records, but it does not: it was changed, or a seal before it is gone.");
        }
        _previous = hash;
        Done = seal.Last;
        Seals++;
        return breach;
    }

    public void Dispose() => _builder.Dispose();
}
