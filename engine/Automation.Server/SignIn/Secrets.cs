using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Server.SignIn;

/// <summary>
/// Random texts that open something: sessions, links, recovery codes. Kept as a plain SHA-256, which is enough for what cannot be
/// guessed; whoever reads the store can open nothing with it.
/// </summary>
internal static class Secrets
{
    private const int Bytes = 32;

    /// <summary>Longest text that is looked at.</summary>
    public const int LengthMax = 100;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Takes as long for a text that is nearly right as for one that is all wrong.</summary>
    public static bool AreSame(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
