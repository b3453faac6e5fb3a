using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Automation.Core.Primitives;

namespace Automation.Storage.Ledger;

/// <summary>
/// Gathers the lines of one commit: the seal is SHA-256 over the previous seal and all lines; beside it four bytes of CRC-32C
/// a line, which prove nothing but let a verification name the line that broke the seal.
/// </summary>
internal sealed class SealBuilder : IDisposable
{
    public const int HashLength = 32;
    public const int CheckLength = 4;

    /// <summary>Lines are hashed in pieces of about this size, so that a large commit needs no large buffer.</summary>
    private const int PieceLength = 64 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ByteBuffer _checks = new(4096);

    /// <summary>What the first seal of a partition follows.</summary>
    public static byte[] Origin => new byte[HashLength];

    /// <summary>Where the next line is to be appended; <see cref="EndLine"/> closes it.</summary>
    public ByteBuffer Lines { get; } = new(2 * PieceLength);

    public int Count => _checks.Length / CheckLength;

    public ReadOnlySpan<byte> Checks => _checks.Written;

    private int _lineStart;

    /// <param name="revision">Stands in a line of its own before the records, where a store has it.</param>
    /// <param name="at">When the commit was, in the same line; null for seals of an earlier form, which do not cover it.</param>
    public void Start(ReadOnlySpan<byte> previousSeal, long? revision, long? at)
    {
        Lines.Clear();
        _checks.Clear();
        _lineStart = 0;
        if (_hash.GetHashAndReset() is { Length: HashLength })
        {
            _hash.AppendData(previousSeal);
        }
        if (revision is not null || at is not null)
        {
            RecordLine.AppendCommit(Lines, revision, at);
            _lineStart = Lines.Length;
        }
    }

    public void EndLine()
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_checks.GetSpan(CheckLength), Crc(Lines.Written[_lineStart..]));
        _checks.Advance(CheckLength);
        if (Lines.Length >= PieceLength)
        {
            _hash.AppendData(Lines.Written);
            Lines.Clear();
        }
        _lineStart = Lines.Length;
    }

    public byte[] Seal()
    {
        _hash.AppendData(Lines.Written);
        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private static uint Crc(ReadOnlySpan<byte> line)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(line);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }
        foreach (var rest in line[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }
        return ~crc;
    }
}
