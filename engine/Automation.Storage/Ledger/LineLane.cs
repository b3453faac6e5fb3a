using Automation.Core.Primitives;

namespace Automation.Storage.Ledger;

/// <summary>Rows of one table as their lines, one after the other in the order of their keys. Cleared and filled again, so that reading a row allocates nothing.</summary>
internal sealed class LineLane
{
    private readonly List<(long Key, int End)> _rows = [];

    /// <summary>Where the next line is to be appended; <see cref="EndLine"/> closes it.</summary>
    public ByteBuffer Lines { get; } = new(1024 * 1024);

    /// <summary>How many lines were walked past.</summary>
    public int Taken { get; private set; }

    /// <summary>Key of the row at hand, or null after the last.</summary>
    public long? Key => Taken < _rows.Count ? _rows[Taken].Key : null;

    public ReadOnlySpan<byte> Line => Lines.Written[(Taken == 0 ? 0 : _rows[Taken - 1].End).._rows[Taken].End];

    public void EndLine(long key) => _rows.Add((key, Lines.Length));

    public void Next() => Taken++;

    public void Clear()
    {
        Lines.Clear();
        _rows.Clear();
        Taken = 0;
    }
}
