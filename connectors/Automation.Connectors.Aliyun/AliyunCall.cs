using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Connectors.Http;

namespace Automation.Connectors.Aliyun;

/// <summary>One signed call of the API, with its parameters as a form: so they stand in no log of an address.</summary>
internal sealed class AliyunCall(AliyunSmsOptions options, ConnectorServices services, VendorHttp http)
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>What came of a call: the vendor's code and answer, or how far the request came.</summary>
    public readonly record struct Outcome(VendorAnswer Answer, string? Code, string? Message, JsonElement Json);

    public async ValueTask<Outcome> SendAsync(
        string action, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetBytes(Acs3Signature.Query(parameters));
        var headers = new List<KeyValuePair<string, string>>
        {
            new("Host", options.Endpoint.Authority),
            new("x-acs-action", action),
            new("x-acs-version", "2017-05-25"),
            new("x-acs-date", services.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            new("x-acs-signature-nonce", Guid.NewGuid().ToString("N")),
            new("x-acs-content-sha256", Acs3Signature.Hash(body)),
        };
        if (options.SecurityToken is { Length: > 0 } token)
        {
            headers.Add(new("x-acs-security-token", token));
        }

        var signed = headers.Append(new("content-type", FormType));
        var authorization = Acs3Signature.Authorization(
            options.AccessKeyId, options.AccessKeySecret, "POST", options.Endpoint.AbsolutePath, "", signed);
        headers.Add(new("Authorization", authorization));
        headers.Add(new("Accept", "application/json"));
        var answer = await http.SendAsync(HttpMethod.Post, options.Endpoint, body, FormType, headers, cancellation);
        var code = answer.TryJson(out var json) && json.ValueKind == JsonValueKind.Object ? Text(json, "Code") : null;
        return new Outcome(answer, code, code is null ? null : Text(json, "Message"), json);
    }

    /// <summary>A property as text; the vendor writes some numbers as strings, and some not.</summary>
    public static string? Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;
}
