using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Automation.Storage.Personal;

/// <summary>AES-256-GCM with a random nonce before and the tag behind. What is in a box belongs to one contact and opens for no other.</summary>
internal static class AesBox
{
    public const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] Close(ReadOnlySpan<byte> key, ReadOnlySpan<byte> clear, long contact)
    {
        Span<byte> belongs = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(belongs, contact);
        var box = new byte[NonceBytes + clear.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), clear, box.AsSpan(NonceBytes, clear.Length), box.AsSpan(NonceBytes + clear.Length), belongs);
        return box;
    }

    /// <exception cref="CryptographicException">It was closed with another key or for another contact, or changed.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, long contact)
    {
        if (box.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("Expected an encrypted value, but it is too short for one.");
        }
        Span<byte> belongs = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(belongs, contact);
        var clear = new byte[box.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(box[..NonceBytes], box[NonceBytes..^TagBytes], box[^TagBytes..], clear, belongs);
        return clear;
    }
}
