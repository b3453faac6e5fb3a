using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors.Http;
using Automation.Connectors.Tokens;

namespace Automation.Connectors.WeChat;

/// <summary>
/// Calls with the stable token, which the vendor gives to all who ask while it lasts. It is never fetched by force: that would take it
/// from everybody else, twenty times a day at most.
/// </summary>
internal sealed class WeChatApi(WeChatOptions options, ConnectorServices services, VendorHttp http)
{
    /// <summary>Within this time before its end the vendor gives out the next one, and both are good.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(300);

    private readonly string _key = TokenKey.Of("wechat", options.AppId, options.AppSecret);

    /// <summary>What came of a call: the vendor's code and answer, or how far the request came.</summary>
    public readonly record struct Outcome(VendorAnswer Answer, long? Code, JsonElement Json)
    {
        /// <summary>The result of a message that is not taken: refused by the vendor, or without an answer in its form.</summary>
        public SendResult Failure(OutgoingMessage message)
        {
            if (Code is not { } code)
            {
                return Answer.Result(message);
            }

            var (reason, retryAfter) = WeChatErrors.Reason(code);
            return SendResult.Failed(
                message, reason, string.Create(CultureInfo.InvariantCulture, $"Expected the vendor to take the message, but it answered {code}."),
                code.ToString(CultureInfo.InvariantCulture), retryAfter ?? Answer.RetryAfter);
        }
    }

    /// <summary>Posts with the token; one that has become invalid is replaced once.</summary>
    /// <param name="path">As <c>message/subscribe/send</c>.</param>
    public async ValueTask<Outcome> PostAsync(string path, JsonObject body, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (token, failed) = await TokenAsync(cancellation);
            if (token is null)
            {
                return failed;
            }

            var outcome = await SendAsync($"{path}?access_token={Uri.EscapeDataString(token.Value)}", body, cancellation);
            if (attempt > 1 || outcome.Code is not { } code || !WeChatErrors.IsOfToken(code))
            {
                return outcome;
            }

            await services.Tokens.DropAsync(_key, token, CancellationToken.None);
        }
    }

    /// <summary>The token, or what became of fetching it: nothing of a message has left by then.</summary>
    public async ValueTask<(VendorToken? Token, Outcome Failed)> TokenAsync(CancellationToken cancellation)
    {
        try
        {
            return (await services.Tokens.GetAsync(_key, FetchAsync, cancellation), default);
        }
        catch (TokenRefusedException refused)
        {
            return (null, refused.Outcome);
        }
        catch (OperationCanceledException)
        {
            return (null, NotSent("cancelled", "Expected time to send, but sending was cancelled before it began."));
        }
    }

    /// <summary>Says whether tokens are given.</summary>
    public async ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation)
    {
        var (token, failed) = await TokenAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (token is not null)
        {
            return ConnectorHealth.Ok("The vendor gives a token for the app and its secret.");
        }

        return failed.Code is { } code
            ? ConnectorHealth.Wrong(
                WeChatErrors.Reason(code).Reason, string.Create(CultureInfo.InvariantCulture, $"Expected a token, but the vendor answered {code}."))
            : failed.Answer.Code == "tls_failed"
                ? ConnectorHealth.Wrong(FailureReason.FixConfiguration, failed.Answer.Text)
                : ConnectorHealth.Wrong(FailureReason.RetryLater, "Expected a token, but the vendor could not be reached.");
    }

    /// <summary>A property as text; the vendor's ids are numbers too long for a double.</summary>
    public static string? Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    private async ValueTask<VendorToken> FetchAsync(CancellationToken cancellation)
    {
        var asked = new JsonObject
        {
            ["grant_type"] = "client_credential", ["appid"] = options.AppId, ["secret"] = options.AppSecret, ["force_refresh"] = false,
        };
        var outcome = await SendAsync("stable_token", asked, cancellation);
        if (Text(outcome.Json, "access_token") is { Length: > 0 } token)
        {
            var life = TimeSpan.FromSeconds(outcome.Json.TryGetProperty("expires_in", out var given) && given.TryGetInt32(out var seconds) ? seconds : 7_200);
            return new VendorToken(token, services.Time.GetUtcNow() + (life > Reserve * 2 ? life - Reserve : life / 2));
        }

        // Whatever became of this request, no message was in it. Here 40001 means the secret and not a token.
        throw new TokenRefusedException(outcome.Code switch
        {
            null when outcome.Answer.Code == "tls_failed" => outcome,
            null => NotSent("token_failed", "Expected a token, but the vendor gave none."),
            40001 => outcome with { Code = 40125 },
            _ => outcome,
        });
    }

    private async ValueTask<Outcome> SendAsync(string path, JsonObject body, CancellationToken cancellation)
    {
        var answer = await http.SendAsync(
            HttpMethod.Post, new Uri(options.Endpoint, $"cgi-bin/{path}"), RawJson.Bytes(body), "application/json; charset=utf-8", [], cancellation);
        if (!answer.TryJson(out var json) || json.ValueKind != JsonValueKind.Object)
        {
            return new Outcome(answer, null, default);
        }

        // A token comes without a code.
        return new Outcome(answer, json.TryGetProperty("errcode", out var code) ? code.TryGetInt64(out var number) ? number : null : 0, json);
    }

    private static Outcome NotSent(string code, string text) =>
        new(new VendorAnswer { Reach = VendorReach.NotSent, Code = code, Text = text }, null, default);

    private sealed class TokenRefusedException(Outcome outcome) : Exception("Expected a token, but the vendor gave none.")
    {
        public Outcome Outcome => outcome;
    }
}
