using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Automation.Server.SignIn;

/// <summary>For the day when the phone is gone: ten codes, shown once, each good once.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    private const int Bytes = 10;

    public static (ImmutableArray<string> Texts, ImmutableArray<string> Hashes) Create()
    {
        ImmutableArray<string> texts = [.. Enumerable.Range(0, Count).Select(_ => Written(Rfc4648.Of(RandomNumberGenerator.GetBytes(Bytes))))];
        return (texts, [.. texts.Select(text => Secrets.HashOf(Plain(text)))]);
    }

    /// <summary>Which of the hashes it is, or null. All are compared, whichever is right.</summary>
    public static string? Find(ImmutableArray<string> hashes, string code)
    {
        if (code.Length > Secrets.LengthMax)
        {
            return null;
        }
        var presented = Secrets.HashOf(Plain(code));
        string? found = null;
        foreach (var hash in hashes)
        {
            if (Secrets.AreSame(hash, presented))
            {
                found = hash;
            }
        }
        return found;
    }

    // People leave out dashes and write small letters.
    private static string Plain(string code) => code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private static string Written(string letters) => string.Join('-', letters.Chunk(4).Select(four => new string(four)));
}
