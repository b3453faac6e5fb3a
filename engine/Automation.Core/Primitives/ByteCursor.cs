using System.Buffers.Binary;
using System.Text;

namespace Automation.Core.Primitives;

/// <summary>Reads what <see cref="ByteBuffer"/> wrote. Bytes that end too early or say nonsense throw <see cref="FormatException"/>.</summary>
/// <param name="names">Needed where names are read.</param>
public ref struct ByteCursor(ReadOnlySpan<byte> bytes, NamePool? names = null)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _at;

    public readonly bool AtEnd => _at == _bytes.Length;

    public byte Byte() => _at < _bytes.Length ? _bytes[_at++] : throw Short();

    public ulong Varint() => _at < _bytes.Length && _bytes[_at] < 0x80 ? _bytes[_at++] : LongVarint();

    public long Zigzag()
    {
        var value = Varint();
        return unchecked((long)(value >> 1) ^ -(long)(value & 1));
    }

    public int Int() => checked((int)Zigzag());

    /// <summary>How many items follow; each takes a byte at least, so more than the bytes left is nonsense.</summary>
    public int Count()
    {
        var count = Varint();
        return count <= (ulong)(_bytes.Length - _at) ? (int)count : throw Short();
    }

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    /// <summary>A text that many contacts share, such as the key of a journey.</summary>
    public string Name() => names!.Get(Take(Count()));

    /// <summary>Bytes with their length before them.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(Count());

    public Guid Id() => new(Take(16), bigEndian: true);

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    private ulong LongVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
        throw new FormatException("Expected a number of at most ten bytes, but it goes on.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_bytes.Length - _at < count)
        {
            throw Short();
        }
        var taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }

    private static FormatException Short() => new("Expected more bytes, but they end here.");
}
