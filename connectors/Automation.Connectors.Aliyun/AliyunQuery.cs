using System.Globalization;
using System.Text.Json;
using Automation.Connectors.Sms;

namespace Automation.Connectors.Aliyun;

/// <summary>Asks <c>QuerySendDetails</c> what became of messages.</summary>
internal sealed class AliyunQuery(AliyunCall call, AliyunSmsOptions options, ConnectorServices services)
{
    private const int PageSize = 50;
    private const int PagesMax = 10;

    /// <summary>The vendor's list lags behind its sending, so a message that is missing sooner may still appear.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(10);

    /// <summary>How far the vendor's time of sending may be from ours and still be this message's.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

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
        var outcome = await call.SendAsync(
            "QuerySendDetails", Parameters("13000000000", services.Time.GetUtcNow(), null, page: 1), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (outcome.Code is not { } code)
        {
            return ConnectorHealth.Wrong(
                FailureReason.RetryLater, outcome.Answer.Text.Length > 0 ? outcome.Answer.Text : "Expected an answer of the vendor's, but got another.");
        }

        if (code == "OK" || AliyunErrors.IsOfOneMessage(code))
        {
            return ConnectorHealth.Ok("The credentials are valid and may ask for send details.");
        }

        var (reason, _) = AliyunErrors.Reason(code, outcome.Message);
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

        var candidates = new List<JsonElement>();
        for (var page = 1; page <= PagesMax; page++)
        {
            var parameters = Parameters(AliyunSmsConnector.Number(phone), query.SentAt, query.VendorMessageId, page);
            var outcome = await call.SendAsync("QuerySendDetails", parameters, cancellation);
            if (outcome.Code != "OK")
            {
                return SendResult.Unknown(
                    message, $"Expected the vendor to say what became of the message, but it answered {outcome.Code ?? outcome.Answer.Code}.", outcome.Code);
            }

            var records = Records(outcome.Json);
            if (records.Find(one => AliyunCall.Text(one, "OutId") == message.IdText) is { ValueKind: JsonValueKind.Object } own)
            {
                return Result(message, query.VendorMessageId, own);
            }

            candidates.AddRange(records.Where(one => IsCandidate(query, one)));
            if (records.Count < PageSize)
            {
                break;
            }
        }

        // Messages of a batch carry no id of ours: one of this template at this time to this number is it; of several nobody knows which.
        return candidates switch
        {
            [var only] => Result(message, query.VendorMessageId, only),
            [] when services.Time.GetUtcNow() - query.SentAt > Lag => SendResult.Failed(
                message, FailureReason.RetryLater, "Expected the message in the vendor's list, but it never came.", "never_came"),
            [] => SendResult.Unknown(message, "Expected the message in the vendor's list, but it is not there yet.", "not_listed"),
            _ => SendResult.Unknown(message, "Expected one message of this template to the number, but the vendor lists several.", "ambiguous"),
        };
    }

    private static List<KeyValuePair<string, string>> Parameters(string number, DateTimeOffset day, string? bizId, int page)
    {
        var parameters = new List<KeyValuePair<string, string>>
        {
            new("PhoneNumber", number),
            new("SendDate", ChinaTime.Day(day)),
            new("PageSize", PageSize.ToString(CultureInfo.InvariantCulture)),
            new("CurrentPage", page.ToString(CultureInfo.InvariantCulture)),
        };
        if (bizId is { Length: > 0 })
        {
            parameters.Add(new("BizId", bizId));
        }

        return parameters;
    }

    private static List<JsonElement> Records(JsonElement json) =>
        json.TryGetProperty("SmsSendDetailDTOs", out var details) && details.ValueKind == JsonValueKind.Object
        && details.TryGetProperty("SmsSendDetailDTO", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : [];

    private bool IsCandidate(OutcomeQuery query, JsonElement record)
    {
        if (query.VendorMessageId is { Length: > 0 })
        {
            return true; // The vendor was asked for this batch only.
        }

        if (AliyunCall.Text(record, "OutId") is { Length: > 0 }
            || SmsContent.Read(query.Message, options.TextTemplate, out var content) is not null
            || AliyunCall.Text(record, "TemplateCode") != content.Template)
        {
            return false;
        }

        var sent = ChinaTime.Read(AliyunCall.Text(record, "SendDate"), DateTimeOffset.MinValue);
        return (sent - query.SentAt).Duration() <= Tolerance;
    }

    private SendResult Result(OutgoingMessage message, string? bizId, JsonElement record)
    {
        var code = AliyunCall.Text(record, "ErrCode");
        return AliyunCall.Text(record, "SendStatus") switch
        {
            "3" => SendResult.Delivered(message, bizId) with { VendorCode = code },
            "2" => SendResult.Failed(
                message, CarrierCodes.Reason(code, options.CarrierCodes), "Expected the message to arrive, but the carrier said that it did not.", code),
            _ => SendResult.Accepted(message, bizId),
        };
    }
}
