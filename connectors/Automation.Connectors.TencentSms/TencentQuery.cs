using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors.Sms;

namespace Automation.Connectors.TencentSms;

/// <summary>
/// Asks <c>PullSmsSendStatusByPhoneNumber</c> what became of messages. The vendor lists a message when its receipt is there, by its serial
/// number and by the context it was sent with; one that it does not list may still be on its way.
/// </summary>
internal sealed class TencentQuery(TencentCall call, TencentSmsOptions options, ConnectorServices services)
{
    private const int Limit = 100;

    /// <summary>Receipts come within three days.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromDays(3);

    public async ValueTask<IReadOnlyList<SendResult>> AskAsync(IReadOnlyList<OutcomeQuery> queries, CancellationToken cancellation)
    {
        var results = new SendResult[queries.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = await AskAsync(queries[i], cancellation);
        }

        return results;
    }

    public async ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation)
    {
        // A question about a number that nobody has: it needs valid credentials and permission, and reaches nobody.
        var now = services.Time.GetUtcNow();
        var outcome = await call.SendAsync("PullSmsSendStatusByPhoneNumber", Parameters("+8613000000000", now, now), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (outcome.Response.ValueKind == JsonValueKind.Undefined)
        {
            return ConnectorHealth.Wrong(
                FailureReason.RetryLater, outcome.Answer.Text.Length > 0 ? outcome.Answer.Text : "Expected an answer of the vendor's, but got another.");
        }

        if (outcome.Error is not { } code)
        {
            return ConnectorHealth.Ok("The credentials are valid and may ask for send statuses.");
        }

        var (reason, _) = TencentErrors.Reason(code, now);
        return ConnectorHealth.Wrong(
            reason == FailureReason.UnknownOutcome ? FailureReason.RetryLater : reason, $"Expected valid credentials, but the vendor answered {code}.");
    }

    private async ValueTask<SendResult> AskAsync(OutcomeQuery query, CancellationToken cancellation)
    {
        var message = query.Message;
        if (!SmsPhone.TryRead(message.To.Value, out var phone))
        {
            return SendResult.Failed(message, FailureReason.RetryLater, "Expected a phone number, but the address is none: it was never sent.", "never_came");
        }

        var serial = query.VendorMessageId;
        var outcome = await call.SendAsync(
            "PullSmsSendStatusByPhoneNumber", Parameters(phone, query.SentAt.AddMinutes(-1), query.SentAt + Span), cancellation);
        if (outcome.Error is not null || outcome.Response.ValueKind != JsonValueKind.Object)
        {
            return SendResult.Unknown(
                message, $"Expected the vendor to say what became of the message, but it answered {outcome.Error ?? outcome.Answer.Code}.", outcome.Error);
        }

        if (outcome.Response.TryGetProperty("PullSmsSendStatusSet", out var set) && set.ValueKind == JsonValueKind.Array)
        {
            foreach (var status in set.EnumerateArray())
            {
                if (IsOf(status, query))
                {
                    serial ??= TencentCall.Text(status, "SerialNo");
                    var code = TencentCall.Text(status, "Description");
                    return TencentCall.Text(status, "ReportStatus") == "SUCCESS"
                        ? SendResult.Delivered(message, serial) with { VendorCode = code }
                        : SendResult.Failed(
                            message, CarrierCodes.Reason(code, options.CarrierCodes),
                            "Expected the message to arrive, but the carrier said that it did not.", code);
                }
            }
        }

        return serial is null
            ? SendResult.Unknown(message, "Expected the message in the vendor's list, but it is not there yet.", "not_listed")
            : SendResult.Accepted(message, serial);
    }

    private static bool IsOf(JsonElement status, OutcomeQuery query) => query.VendorMessageId is { Length: > 0 } serial
        ? TencentCall.Text(status, "SerialNo") == serial
        : TencentCall.Text(status, "SessionContext")?.Contains(TencentSmsConnector.ShortName(query.Message), StringComparison.Ordinal) == true;

    private JsonObject Parameters(string phone, DateTimeOffset from, DateTimeOffset until)
    {
        var now = services.Time.GetUtcNow();
        return new JsonObject
        {
            ["BeginTime"] = from.ToUnixTimeSeconds(),
            ["EndTime"] = (until < now ? until : now).ToUnixTimeSeconds(),
            ["Offset"] = 0,
            ["Limit"] = Limit,
            ["PhoneNumber"] = phone,
            ["SmsSdkAppId"] = options.SdkAppId,
        };
    }
}
