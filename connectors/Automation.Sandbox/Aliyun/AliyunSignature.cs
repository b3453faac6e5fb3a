using System.Globalization;
using System.Text.RegularExpressions;

namespace Automation.Sandbox.Aliyun;

/// <summary>Checks ACS3-HMAC-SHA256 as the vendor does: signature, body, clock, and that no nonce comes twice.</summary>
internal sealed partial class AliyunSignature(TimeProvider time)
{
    private static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _nonces = new(StringComparer.Ordinal);

    /// <returns>The vendor's code, or null when all is well.</returns>
    public string? Problem(SandboxRequest request)
    {
        if (Authorization().Match(request.Header("Authorization")) is not { Success: true } proof)
        {
            return "IncompleteSignature";
        }
        if (proof.Groups["id"].Value != SandboxAccounts.AliyunKeyId)
        {
            return "InvalidAccessKeyId.NotFound";
        }
        var names = proof.Groups["signed"].Value.Split(';');
        var lines = string.Concat(names.Select(name => $"{name}:{request.Header(name).Trim()}\n"));
        var query = string.Join('&', request.Query.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => $"{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(one.Value)}"));
        var canonical = $"{request.Method}\n{request.Path}\n{query}\n{lines}\n{proof.Groups["signed"].Value}\n{Signing.Hash(request.Body)}";
        var expected = Convert.ToHexStringLower(Signing.Hmac(
            System.Text.Encoding.UTF8.GetBytes(SandboxAccounts.AliyunSecret), $"ACS3-HMAC-SHA256\n{Signing.Hash(canonical)}"));
        if (!Signing.IsSame(expected, proof.Groups["signature"].Value)
            || !names.Contains("host", StringComparer.Ordinal) || request.Header("x-acs-content-sha256") != Signing.Hash(request.Body))
        {
            return "SignatureDoesNotMatch";
        }
        var now = time.GetUtcNow();
        var isDated = DateTimeOffset.TryParseExact(
            request.Header("x-acs-date"), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        return !isDated || (at - now).Duration() > SkewMax ? "InvalidTimeStamp.Expired" : IsFresh(request.Header("x-acs-signature-nonce"), now) ? null : "SignatureNonceUsed";
    }

    private bool IsFresh(string nonce, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var old in _nonces.Where(one => (now - one.Value).Duration() > SkewMax).Select(one => one.Key).ToArray())
            {
                _nonces.Remove(old);
            }
            return nonce.Length > 0 && _nonces.TryAdd(nonce, now);
        }
    }

    [GeneratedRegex("^ACS3-HMAC-SHA256 Credential=(?<id>[^,]+),SignedHeaders=(?<signed>[^,]+),Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Authorization();
}
