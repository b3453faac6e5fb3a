using System.Security.Cryptography;
using System.Text;

namespace Automation.Connectors.Callbacks;

/// <summary>
/// The proof of vendors that sign nothing: a long random word in the callback's address, <c>/hooks/{account}?token=…</c>, that only
/// the vendor was given.
/// </summary>
public static class CallbackToken
{
    /// <summary>The shortest that is accepted.</summary>
    public const int LengthMin = 16;

    /// <summary>Reads the secret <c>callback_token</c>; null when the account takes no callbacks.</summary>
    /// <param name="account">The account.</param>
    /// <exception cref="ConnectorConfigurationException">It is shorter than 16 characters.</exception>
    public static string? Read(ConnectorAccount account)
    {
        if (!account.Secrets.TryGetValue("callback_token", out var token) || token.Length == 0)
        {
            return null;
        }

        return token.Length >= LengthMin
            ? token
            : throw new ConnectorConfigurationException("/secrets/callback_token", $"Expected at least {LengthMin} characters, but got fewer.");
    }

    /// <summary>Whether a callback brings the token. Compared in constant time. False when the account has none.</summary>
    /// <param name="callback">The callback.</param>
    /// <param name="token">The account's token.</param>
    public static bool IsIn(VendorCallback callback, string? token) =>
        token is not null
        && callback.Query.TryGetValue("token", out var given)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));
}
