using System.Buffers;
using System.Numerics;
using System.Text;

namespace Automation.Core.Primitives;

/// <summary>
/// A growing buffer that is cleared and used again, so that encoding a row allocates nothing. Beside raw bytes it writes the
/// few shapes our binary forms are made of: varints, zigzag numbers and length-prefixed UTF-8. One user at a time.
/// </summary>
public sealed class ByteBuffer(int capacity = 1024) : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The same, until something more is appended.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Append(byte value)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }
        _bytes[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Seven bits a byte, lowest first, the high bit saying that more follow.</summary>
    public void AppendVarint(ulong value)
    {
        if (value < 0x80)
        {
            Append((byte)value);
            return;
        }
        var room = Reserve(10);
        var used = 0;
        while (value >= 0x80)
        {
            room[used++] = unchecked((byte)(value | 0x80));
            value >>= 7;
        }
        room[used++] = unchecked((byte)value);
        Length += used;
    }

    /// <summary>Signed numbers with small ones short: 0, -1, 1, -2, … become 0, 1, 2, 3, …</summary>
    public void AppendZigzag(long value) => AppendVarint(unchecked((ulong)((value << 1) ^ (value >> 63))));

    /// <summary>UTF-8 with its length in bytes before it.</summary>
    public void AppendText(string text)
    {
        // Short texts, which nearly all are, have a one-byte length whatever their characters are: no counting pass before encoding.
        if (text.Length <= 42)
        {
            var room = Reserve(1 + (3 * text.Length));
            var used = Encoding.UTF8.GetBytes(text, room[1..]);
            room[0] = (byte)used;
            Length += 1 + used;
            return;
        }
        var bytes = Encoding.UTF8.GetByteCount(text);
        AppendVarint((ulong)bytes);
        Length += Encoding.UTF8.GetBytes(text, Reserve(bytes));
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => Reserve(Math.Max(sizeHint, 1));

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }
        return _bytes.AsSpan(Length);
    }

    private void Grow(int count) => Array.Resize(ref _bytes, (int)BitOperations.RoundUpToPowerOf2((uint)(Length + count)));
}
