using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Core.Primitives;

/// <summary>
/// Chance and ids as a function of their inputs: the same parts give the same answer on every machine, in every year.
/// SHA-256 (FIPS 180-4) over the parts, each ended by a zero byte, so that ("ab","c") and ("a","bc") differ.
/// </summary>
public static class StableHash
{
    /// <summary>A share in [0, 1) with 53 bits, for splits, holdouts and jitter.</summary>
    public static double Share(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[32];
        Sha256(parts, hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A 128-bit id.</summary>
    public static Guid Id(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[32];
        Sha256(parts, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static void Sha256(ReadOnlySpan<string> parts, Span<byte> hash)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += Encoding.UTF8.GetMaxByteCount(part.Length) + 1;
        }
        Span<byte> bytes = length <= 512 ? stackalloc byte[length] : new byte[length];
        var used = 0;
        foreach (var part in parts)
        {
            used += Encoding.UTF8.GetBytes(part, bytes[used..]);
            bytes[used++] = 0;
        }
        SHA256.HashData(bytes[..used], hash);
    }
}
