using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Automation.Server.SignIn;

/// <summary>Codes that change every half minute, as authenticator apps show them (RFC 6238 over RFC 4226, HMAC-SHA-1, six digits).</summary>
internal static class Totp
{
    private const int SecretBytes = 20;
    private const int Digits = 6;
    private const int Seconds = 30;

    // A phone's clock may be off by half a minute.
    private const int StepsAside = 1;

    public static byte[] CreateSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / Seconds;

    public static string CodeOf(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The standard says SHA-1, and so do the apps; as a MAC under a secret it is not broken.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var at = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[at..]) & 0x7fff_ffff;
        return (number % (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code this is, now or half a minute aside; null for a wrong one. All are compared, whichever is right.</summary>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        long? found = null;
        for (var step = StepAt(now) - StepsAside; step <= StepAt(now) + StepsAside; step++)
        {
            if (Secrets.AreSame(CodeOf(secret, step), code))
            {
                found = step;
            }
        }
        return found;
    }

    /// <summary>What an app takes in, as a link or a picture.</summary>
    public static string UriOf(ReadOnlySpan<byte> secret, string name) =>
        $"otpauth://totp/Automation:{Uri.EscapeDataString(name)}?secret={Rfc4648.Of(secret)}&issuer=Automation";
}

/// <summary>Base 32, in letters and digits that people do not mistake for one another.</summary>
internal static class Rfc4648
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new char[(bytes.Length * 8 + 4) / 5];
        var (buffer, bits, at) = (0, 0, 0);
        foreach (var one in bytes)
        {
            buffer = (buffer << 8 | one) & 0xfff;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text[at++] = Letters[buffer >> bits - 5 & 31];
            }
        }
        if (bits > 0)
        {
            text[at] = Letters[buffer << 5 - bits & 31];
        }
        return new string(text);
    }
}
