namespace Automation.Storage.Ledger;

/// <summary>Some seals of a partition and the lines under them, ready to be hashed.</summary>
internal sealed class SealedPage
{
    /// <summary>How many seals a store is asked for.</summary>
    public const int SealsAtATime = 1_024;

    private const int RecordsAtATime = 20_000;

    public IReadOnlyList<StoredSeal> Seals { get; private set; } = [];

    public LineLane Events { get; } = new();

    public LineLane Facts { get; } = new();

    /// <summary>Whether no seal comes after these.</summary>
    public bool IsLast { get; private set; }

    /// <summary>
    /// How many rows of a table are worth reading: one more than all that these seals have checks of. If there are more, it is that one that
    /// does not fit, or one before it; so a seal that says it ends far away does not have the whole ledger read into memory.
    /// </summary>
    public long RowsMost { get; private set; }

    /// <summary>Key of the record at hand, or null after the last.</summary>
    public long? Key => (Events.Key, Facts.Key) switch
    {
        ({ } x, { } y) => Math.Min(x, y),
        (var x, var y) => x ?? y,
    };

    public ReadOnlySpan<byte> Line => AtHand.Line;

    private LineLane AtHand => Events.Key is { } x && (Facts.Key is not { } y || x <= y) ? Events : Facts;

    /// <summary>As many of the seals as have some thousands of records, one at least, and whether there are no more.</summary>
    public static (IReadOnlyList<StoredSeal> Seals, bool IsLast) Some(List<StoredSeal> seals)
    {
        var (taken, records) = (0, 0L);
        while (taken < seals.Count && records < RecordsAtATime)
        {
            records += seals[taken].Count;
            taken++;
        }
        return (seals[..taken], taken == seals.Count && seals.Count < SealsAtATime);
    }

    /// <summary>Empties the page for the next seals there are.</summary>
    public void Begin(List<StoredSeal> seals)
    {
        Events.Clear();
        Facts.Clear();
        (Seals, IsLast) = Some(seals);
        RowsMost = 1 + Seals.Sum(seal => (long)seal.Count);
    }

    public void Next() => AtHand.Next();
}
