using System.Security.Cryptography;
using System.Text;

namespace Automation.Connectors.Aliyun;

/// <summary>Signature version 3 of Alibaba Cloud, ACS3-HMAC-SHA256.</summary>
internal static class Acs3Signature
{
    private const string Algorithm = "ACS3-HMAC-SHA256";

    /// <summary>Percent-encoding after RFC 3986, as the signature wants it: only letters, digits and <c>-_.~</c> stay.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text);

    /// <summary>Names in ordinal order, each encoded: the query or the form that is sent, and that is signed.</summary>
    public static string Query(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join(
        '&', parameters.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{Encode(one.Key)}={Encode(one.Value)}"));

    /// <summary>The value of the header <c>Authorization</c>.</summary>
    /// <param name="headers">All headers to sign: <c>host</c>, <c>content-type</c> and those that begin with <c>x-acs-</c>.</param>
    public static string Authorization(
        string accessKeyId, string accessKeySecret, string method, string path, string query, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var (canonical, signed) = Canonical(method, path, query, headers);
        return $"{Algorithm} Credential={accessKeyId},SignedHeaders={signed},Signature={Signature(accessKeySecret, canonical)}";
    }

    public static (string Request, string SignedHeaders) Canonical(
        string method, string path, string query, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var lines = headers
            .Select(one => (Name: one.Key.ToLowerInvariant(), Value: one.Value.Trim()))
            .GroupBy(one => one.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Name: group.Key, Value: string.Join(", ", group.Select(one => one.Value).Order(StringComparer.Ordinal))))
            .ToArray();
        var payload = lines.FirstOrDefault(one => one.Name == "x-acs-content-sha256").Value;
        var signed = string.Join(';', lines.Select(one => one.Name));
        return ($"{method}\n{path}\n{query}\n{string.Concat(lines.Select(one => $"{one.Name}:{one.Value}\n"))}\n{signed}\n{payload}", signed);
    }

    public static string Signature(string accessKeySecret, string canonicalRequest) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(accessKeySecret), Encoding.UTF8.GetBytes($"{Algorithm}\n{Hash(Encoding.UTF8.GetBytes(canonicalRequest))}")));

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
