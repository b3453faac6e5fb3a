using System.Security.Cryptography;
using System.Text;

namespace Automation.Connectors.Webhook;

/// <summary>
/// Signs requests: <c>v1=</c> and the lower-case hexadecimal HMAC-SHA256 of <c>timestamp + "." + body</c>. The timestamp is
/// in the signed text, so a receiver that refuses old ones is safe from replays.
/// </summary>
public static class WebhookSignature
{
    /// <summary>Signs a body.</summary>
    /// <param name="secret">The shared secret; its UTF-8 bytes are the key.</param>
    /// <param name="timestamp">Seconds since 1970, as the header <c>X-Automation-Timestamp</c> has it.</param>
    /// <param name="body">The request's body, byte for byte.</param>
    /// <returns>The value of the header <c>X-Automation-Signature</c>.</returns>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp));
        hmac.AppendData("."u8);
        hmac.AppendData(body);
        return $"v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
