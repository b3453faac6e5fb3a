using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Connectors.Callbacks;

/// <summary>
/// The envelope of callbacks of WeCom, mini-programs and official accounts: a signature over sorted words, and AES-256-CBC around the
/// message. Thread-safe.
/// </summary>
public sealed class EncryptedCallback
{
    private const int BlockSize = 32;
    private const int RandomLength = 16;
    private const int LengthLength = 4;

    private readonly string _token;
    private readonly byte[] _key;
    private readonly string _receiver;

    /// <summary>Makes it.</summary>
    /// <param name="token">The token that was typed in at the vendor.</param>
    /// <param name="encodingAesKey">The 43 characters of EncodingAESKey.</param>
    /// <param name="receiver">Whom the messages are for: the corp id, or the app id. A message for another is refused.</param>
    /// <exception cref="FormatException">The key is not 43 characters of base 64.</exception>
    public EncryptedCallback(string token, string encodingAesKey, string receiver)
    {
        _token = token;
        _receiver = receiver;
        _key = KeyOf(encodingAesKey);
    }

    /// <summary>The signature over sorted words: of token, timestamp and nonce for a plain callback, with the ciphertext for an encrypted one.</summary>
    /// <param name="words">In any order.</param>
    public static string Signature(params ReadOnlySpan<string> words)
    {
        var sorted = words.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
#pragma warning disable CA5350 // The vendor's own algorithm; the message itself is encrypted.
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(sorted))));
#pragma warning restore CA5350
    }

    /// <summary>Whether two signatures are the same, in constant time.</summary>
    /// <param name="expected">The computed one.</param>
    /// <param name="given">The one of the request.</param>
    public static bool IsSame(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    /// <summary>Checks the signature and opens the message.</summary>
    /// <param name="signature">The request's <c>msg_signature</c>.</param>
    /// <param name="timestamp">The request's <c>timestamp</c>.</param>
    /// <param name="nonce">The request's <c>nonce</c>.</param>
    /// <param name="encrypted">The ciphertext in base 64.</param>
    /// <param name="message">What was said, when the result is <see cref="CallbackProof.Genuine"/>.</param>
    public CallbackProof Open(string signature, string timestamp, string nonce, string encrypted, out string message)
    {
        message = "";
        if (!IsSame(Signature(_token, timestamp, nonce, encrypted), signature))
        {
            return CallbackProof.BadSignature;
        }

        if (Decrypt(encrypted) is not { } plain
            || plain.Length < RandomLength + LengthLength
            || BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(RandomLength)) is var length && (length < 0 || length > plain.Length - RandomLength - LengthLength))
        {
            return CallbackProof.BadCiphertext;
        }

        var text = plain.AsSpan(RandomLength + LengthLength);
        if (!text[length..].SequenceEqual(Encoding.UTF8.GetBytes(_receiver)))
        {
            return CallbackProof.OtherReceiver;
        }

        message = Encoding.UTF8.GetString(text[..length]);
        return CallbackProof.Genuine;
    }

    /// <summary>Closes a message, as the vendor does; for encrypted replies and for tests.</summary>
    /// <param name="message">What is said.</param>
    /// <param name="random">16 bytes; null draws them.</param>
    /// <returns>The ciphertext in base 64.</returns>
    public string Close(string message, byte[]? random = null)
    {
        var text = Encoding.UTF8.GetBytes(message);
        var receiver = Encoding.UTF8.GetBytes(_receiver);
        var length = RandomLength + LengthLength + text.Length + receiver.Length;
        var padding = BlockSize - (length % BlockSize);
        var plain = new byte[length + padding];
        (random ?? RandomNumberGenerator.GetBytes(RandomLength)).CopyTo(plain, 0);
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(RandomLength), text.Length);
        text.CopyTo(plain, RandomLength + LengthLength);
        receiver.CopyTo(plain, RandomLength + LengthLength + text.Length);
        plain.AsSpan(length).Fill((byte)padding);
        using var aes = Aes.Create();
        aes.Key = _key;
        return Convert.ToBase64String(aes.EncryptCbc(plain, _key.AsSpan(0, aes.BlockSize / 8), PaddingMode.None));
    }

    private byte[]? Decrypt(string encrypted)
    {
        try
        {
            var cipher = Convert.FromBase64String(encrypted);
            if (cipher.Length == 0)
            {
                return null;
            }

            using var aes = Aes.Create();
            aes.Key = _key;
            // The vendor pads to 32 bytes, twice the cipher's block, so the framework's own padding would not fit.
            var plain = aes.DecryptCbc(cipher, _key.AsSpan(0, aes.BlockSize / 8), PaddingMode.None);
            var padding = plain[^1];
            return padding is >= 1 and <= BlockSize && padding < plain.Length ? plain[..^padding] : null;
        }
        catch (Exception error) when (error is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static byte[] KeyOf(string encodingAesKey)
    {
        if (encodingAesKey.Length != 43)
        {
            throw new FormatException("Expected 43 characters, but got another number.");
        }

        // The last character carries four bits that mean nothing, and people's keys have some set.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var last = Alphabet.IndexOf(encodingAesKey[^1], StringComparison.Ordinal);
        return last < 0
            ? throw new FormatException("Expected letters and digits, but got others.")
            : Convert.FromBase64String($"{encodingAesKey[..^1]}{Alphabet[last & ~3]}=");
    }
}

/// <summary>What a callback's envelope proves.</summary>
public enum CallbackProof
{
    /// <summary>It is the vendor's and for us.</summary>
    Genuine,

    /// <summary>The signature is not the one of these words.</summary>
    BadSignature,

    /// <summary>It is signed, and cannot be opened: another key.</summary>
    BadCiphertext,

    /// <summary>It is for another corp or app.</summary>
    OtherReceiver,
}
