using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Automation.Storage.Personal;

/// <summary>AES-256-GCM with a random nonce before and the tag behind.</summary>
public static class AesBox
{
    /// <summary>Length of a key.</summary>
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <param name="belongs">To what it belongs: it opens for nothing else.</param>
    public static byte[] Close(ReadOnlySpan<byte> key, ReadOnlySpan<byte> clear, ReadOnlySpan<byte> belongs = default)
    {
        var box = new byte[NonceBytes + clear.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), clear, box.AsSpan(NonceBytes, clear.Length), box.AsSpan(NonceBytes + clear.Length), belongs);
        return box;
    }

    /// <exception cref="CryptographicException">It was closed with another key or for something else, or changed.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> belongs = default)
    {
        if (box.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("Expected an encrypted value, but it is too short for one.");
        }
        var clear = new byte[box.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(box[..NonceBytes], box[NonceBytes..^TagBytes], box[^TagBytes..], clear, belongs);
        return clear;
    }

    internal static byte[] Close(ReadOnlySpan<byte> key, ReadOnlySpan<byte> clear, long contact)
    {
        Span<byte> belongs = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(belongs, contact);
        return Close(key, clear, belongs);
    }

    internal static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, long contact)
    {
        Span<byte> belongs = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(belongs, contact);
        return Open(key, box, belongs);
    }
}
