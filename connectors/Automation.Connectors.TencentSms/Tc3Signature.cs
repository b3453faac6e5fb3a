using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Connectors.TencentSms;

/// <summary>Signature version 3 of Tencent Cloud, TC3-HMAC-SHA256.</summary>
internal static class Tc3Signature
{
    private const string Algorithm = "TC3-HMAC-SHA256";

    /// <summary>The value of the header <c>Authorization</c>.</summary>
    /// <param name="headers">The headers to sign, at least <c>content-type</c> and <c>host</c>.</param>
    public static string Authorization(
        string secretId, string secretKey, string service, DateTimeOffset time, byte[] payload, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var (canonical, signed) = Canonical(payload, headers);
        return $"{Algorithm} Credential={secretId}/{Scope(service, time)}, SignedHeaders={signed}, Signature={Signature(secretKey, service, time, canonical)}";
    }

    public static (string Request, string SignedHeaders) Canonical(byte[] payload, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var lines = headers
            .Select(one => (Name: one.Key.ToLowerInvariant(), Value: one.Value.Trim().ToLowerInvariant()))
            .OrderBy(one => one.Name, StringComparer.Ordinal)
            .ToArray();
        var signed = string.Join(';', lines.Select(one => one.Name));
        return ($"POST\n/\n\n{string.Concat(lines.Select(one => $"{one.Name}:{one.Value}\n"))}\n{signed}\n{Hash(payload)}", signed);
    }

    public static string Signature(string secretKey, string service, DateTimeOffset time, string canonicalRequest)
    {
        var toSign = string.Create(
            CultureInfo.InvariantCulture,
            $"{Algorithm}\n{time.ToUnixTimeSeconds()}\n{Scope(service, time)}\n{Hash(Encoding.UTF8.GetBytes(canonicalRequest))}");
        var key = Hmac(Encoding.UTF8.GetBytes("TC3" + secretKey), Day(time));
        key = Hmac(key, service);
        key = Hmac(key, "tc3_request");
        return Convert.ToHexStringLower(Hmac(key, toSign));
    }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Scope(string service, DateTimeOffset time) => $"{Day(time)}/{service}/tc3_request";

    // The day in Greenwich, although the vendor sits in China.
    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
