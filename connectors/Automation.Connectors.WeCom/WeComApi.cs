using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors.Http;
using Automation.Connectors.Tokens;

namespace Automation.Connectors.WeCom;

/// <summary>Calls of the API with the token of a secret; a token that has become invalid is fetched anew once.</summary>
internal sealed class WeComApi(WeComOptions options, ConnectorServices services, VendorHttp http)
{
    /// <summary>A token is given up this long before its end, so that no call under way meets it.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(300);

    /// <summary>What came of a call: the vendor's code and answer, or how far the request came.</summary>
    public readonly record struct Outcome(VendorAnswer Answer, long? Code, JsonElement Json)
    {
        public bool IsOk => Code == 0;

        /// <summary>The result of a message that is not taken: refused by the vendor, or without an answer in its form.</summary>
        public SendResult Failure(OutgoingMessage message)
        {
            if (Code is not { } code)
            {
                return Answer.Result(message);
            }

            var (reason, retryAfter) = WeComErrors.Reason(code);
            return SendResult.Failed(
                message, reason, string.Create(CultureInfo.InvariantCulture, $"Expected the vendor to take the message, but it answered {code}."),
                code.ToString(CultureInfo.InvariantCulture), retryAfter ?? Answer.RetryAfter);
        }
    }

    /// <summary>Posts with a token.</summary>
    /// <param name="secret">Of the app whose token it is.</param>
    /// <param name="path">As <c>externalcontact/add_msg_template</c>.</param>
    public ValueTask<Outcome> PostAsync(string secret, string path, JsonObject body, CancellationToken cancellation) =>
        CallAsync(secret, HttpMethod.Post, $"{path}?", RawJson.Bytes(body), cancellation);

    /// <summary>Asks with a token.</summary>
    /// <param name="secret">Of the app whose token it is.</param>
    /// <param name="path">As <c>externalcontact/get</c>.</param>
    /// <param name="name">Of the one parameter.</param>
    /// <param name="value">Of the one parameter.</param>
    public ValueTask<Outcome> GetAsync(string secret, string path, string name, string value, CancellationToken cancellation) =>
        CallAsync(secret, HttpMethod.Get, $"{path}?{name}={Uri.EscapeDataString(value)}&", null, cancellation);

    /// <summary>Posts to the robot's address, which holds its own key.</summary>
    public ValueTask<Outcome> PostRobotAsync(string key, JsonObject body, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post, $"webhook/send?key={Uri.EscapeDataString(key)}", RawJson.Bytes(body), cancellation);

    /// <summary>The token of a secret, or what became of fetching it: nothing of a message has left by then.</summary>
    public async ValueTask<(VendorToken? Token, Outcome Failed)> TokenAsync(string secret, CancellationToken cancellation)
    {
        try
        {
            return (await services.Tokens.GetAsync(Key(secret), stop => FetchAsync(secret, stop), cancellation), default);
        }
        catch (TokenRefusedException refused)
        {
            return (null, refused.Outcome);
        }
        catch (OperationCanceledException)
        {
            return (null, new Outcome(
                new VendorAnswer
                {
                    Reach = VendorReach.NotSent, Code = "cancelled", Text = "Expected time to send, but sending was cancelled before it began.",
                },
                null, default));
        }
    }

    private async ValueTask<Outcome> CallAsync(string secret, HttpMethod method, string path, byte[]? body, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (token, failed) = await TokenAsync(secret, cancellation);
            if (token is null)
            {
                return failed;
            }

            var outcome = await SendAsync(method, $"{path}access_token={Uri.EscapeDataString(token.Value)}", body, cancellation);
            if (attempt > 1 || outcome.Code is not { } code || !WeComErrors.IsOfToken(code))
            {
                return outcome;
            }

            await services.Tokens.DropAsync(Key(secret), token, CancellationToken.None);
        }
    }

    private async ValueTask<VendorToken> FetchAsync(string secret, CancellationToken cancellation)
    {
        var outcome = await SendAsync(
            HttpMethod.Get, $"gettoken?corpid={Uri.EscapeDataString(options.CorpId)}&corpsecret={Uri.EscapeDataString(secret)}", null, cancellation);
        if (outcome.IsOk && outcome.Json.TryGetProperty("access_token", out var value) && value.GetString() is { Length: > 0 } token)
        {
            var seconds = outcome.Json.TryGetProperty("expires_in", out var given) && given.TryGetInt32(out var whole) ? whole : 7_200;
            var life = TimeSpan.FromSeconds(seconds);
            return new VendorToken(token, services.Time.GetUtcNow() + (life > Reserve * 2 ? life - Reserve : life / 2));
        }

        // Whatever became of this request, no message was in it.
        throw new TokenRefusedException(outcome is { Code: null, Answer.Code: not "tls_failed" }
            ? outcome with { Answer = outcome.Answer with { Reach = VendorReach.NotSent, Code = "token_failed", Text = "Expected a token, but the vendor gave none." } }
            : outcome);
    }

    private async ValueTask<Outcome> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellation)
    {
        var answer = await http.SendAsync(
            method, new Uri(options.Endpoint, $"cgi-bin/{path}"), body, body is null ? null : "application/json; charset=utf-8", [], cancellation);
        return answer.TryJson(out var json) && json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty("errcode", out var code) && code.TryGetInt64(out var number)
                ? new Outcome(answer, number, json)
                : new Outcome(answer, null, default);
    }

    private string Key(string secret) => TokenKey.Of("wecom", options.CorpId, secret);

    private sealed class TokenRefusedException(Outcome outcome) : Exception("Expected a token, but the vendor gave none.")
    {
        public Outcome Outcome => outcome;
    }
}
