using System.Buffers.Binary;

namespace Automation.Storage.Postgres;

/// <summary>
/// Rows as <c>COPY … TO STDOUT (FORMAT BINARY)</c> sends them, read from one buffer that is used again: no object and no text for a row.
/// Columns are read while their row is at hand.
/// </summary>
internal sealed class CopiedRows
{
    private const int SignatureLength = 11;
    private const int HeaderLength = SignatureLength + (2 * sizeof(int));
    private const short EndMark = -1;
    private const int ColumnsMax = 16;

    private readonly (int Start, int Length)[] _columns = new (int, int)[ColumnsMax];
    private byte[] _bytes = new byte[64 * 1024];

    /// <summary>
    /// Calls <paramref name="each"/> for each row, to the end of the stream. It waits for the server on the thread it is called on: the
    /// rows of a page come in thousands, and going to sleep and being woken for every few of them would cost more than they do.
    /// </summary>
    public void Read(Stream from, Action each)
    {
        var (filled, isBegun) = (0, false);
        while (from.Read(_bytes.AsSpan(filled)) is > 0 and var count)
        {
            filled += count;
            var used = 0;
            if (!isBegun && filled >= HeaderLength)
            {
                used = HeaderLength + Int32(SignatureLength + sizeof(int));
                isBegun = true;
            }
            while (isBegun && TryRow(filled, ref used))
            {
                each();
            }
            _bytes.AsSpan(used, filled - used).CopyTo(_bytes);
            filled -= used;
            if (filled == _bytes.Length)
            {
                Array.Resize(ref _bytes, 2 * filled);
            }
        }
    }

    public bool IsNull(int column) => _columns[column].Length < 0;

    public ReadOnlySpan<byte> Bytes(int column) => _bytes.AsSpan(_columns[column].Start, _columns[column].Length);

    public short Short(int column) => BinaryPrimitives.ReadInt16BigEndian(Bytes(column));

    public int Int(int column) => BinaryPrimitives.ReadInt32BigEndian(Bytes(column));

    public long Long(int column) => BinaryPrimitives.ReadInt64BigEndian(Bytes(column));

    public Guid Id(int column) => new(Bytes(column), bigEndian: true);

    // False where the row is not whole yet, and at the end mark.
    private bool TryRow(int filled, ref int used)
    {
        var at = used;
        if (filled - at < sizeof(short))
        {
            return false;
        }
        var columns = BinaryPrimitives.ReadInt16BigEndian(_bytes.AsSpan(at));
        at += sizeof(short);
        if (columns == EndMark)
        {
            used = at;
            return false;
        }
        for (var column = 0; column < columns; column++)
        {
            if (filled - at < sizeof(int))
            {
                return false;
            }
            var length = Int32(at);
            at += sizeof(int);
            _columns[column] = (at, length);
            at += Math.Max(length, 0);
        }
        if (at > filled)
        {
            return false;
        }
        used = at;
        return true;
    }

    private int Int32(int at) => BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(at));
}
