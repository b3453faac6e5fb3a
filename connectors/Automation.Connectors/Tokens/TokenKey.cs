using System.Security.Cryptography;
using System.Text;

namespace Automation.Connectors.Tokens;

/// <summary>The key under which a token is kept.</summary>
public static class TokenKey
{
    /// <summary>Makes a key that changes with the secret and does not show it.</summary>
    /// <param name="vendor">For example <c>wecom</c>.</param>
    /// <param name="application">The application's id at the vendor.</param>
    /// <param name="secret">The secret the token is fetched with.</param>
    /// <example><code>TokenKey.Of("wecom", "ww1234", secret) // "wecom:ww1234:9f86d081884c7d65"</code></example>
    public static string Of(string vendor, string application, string secret)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{vendor}\n{application}\n{secret}"));
        return $"{vendor}:{application}:{Convert.ToHexStringLower(hash.AsSpan(0, 8))}";
    }
}
