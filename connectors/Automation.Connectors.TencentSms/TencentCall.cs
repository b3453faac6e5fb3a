using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors.Http;

namespace Automation.Connectors.TencentSms;

/// <summary>One signed call of the API.</summary>
internal sealed class TencentCall(TencentSmsOptions options, ConnectorServices services, VendorHttp http)
{
    private const string JsonType = "application/json; charset=utf-8";

    /// <summary>What came of a call: <c>Response</c> with or without an error of the whole call, or how far the request came.</summary>
    public readonly record struct Outcome(VendorAnswer Answer, JsonElement Response, string? Error);

    public async ValueTask<Outcome> SendAsync(string action, JsonObject parameters, CancellationToken cancellation)
    {
        var body = RawJson.Bytes(parameters);
        var now = services.Time.GetUtcNow();
        KeyValuePair<string, string>[] signed =
        [
            new("content-type", JsonType), new("host", options.Endpoint.Authority), new("x-tc-action", action),
        ];
        var headers = new List<KeyValuePair<string, string>>
        {
            new("Host", options.Endpoint.Authority),
            new("X-TC-Action", action),
            new("X-TC-Version", "2021-01-11"),
            new("X-TC-Region", options.Region),
            new("X-TC-Timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            new("Authorization", Tc3Signature.Authorization(options.SecretId, options.SecretKey, "sms", now, body, signed)),
        };
        if (options.SessionToken is { Length: > 0 } token)
        {
            headers.Add(new("X-TC-Token", token));
        }

        var answer = await http.SendAsync(HttpMethod.Post, options.Endpoint, body, JsonType, headers, cancellation);
        return answer.TryJson(out var json) && json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty("Response", out var response) && response.ValueKind == JsonValueKind.Object
                ? new Outcome(answer, response, response.TryGetProperty("Error", out var error) ? Text(error, "Code") ?? "Error" : null)
                : new Outcome(answer, default, null);
    }

    public static string? Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;
}
