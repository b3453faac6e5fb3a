using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors.Http;
using Automation.Connectors.Sms;

namespace Automation.Connectors.TencentSms;

/// <summary>
/// Sends SMS. The vendor takes many numbers a request, but one set of variables for all: what differs goes in requests of its own,
/// a few at a time.
/// </summary>
internal sealed class TencentSmsConnector : IConnector, IReceiptHandler
{
    /// <summary>The vendor takes 200; as many as leave room for their names in <c>SessionContext</c> (511 bytes) can be asked about later.</summary>
    private const int NumbersMax = 30;

    private const int ShortNameLength = 16;

    private const int RequestsAtOnce = 8;

    private readonly TencentSmsOptions _options;
    private readonly ConnectorServices _services;
    private readonly VendorHttp _http;
    private readonly TencentCall _call;
    private readonly TencentQuery _query;

    public TencentSmsConnector(string account, TencentSmsOptions options, ConnectorServices services)
    {
        _options = options;
        _services = services;
        _http = new VendorHttp(services, account, options.Timeout);
        _call = new TencentCall(options, services, _http);
        _query = new TencentQuery(_call, options, services);
    }

    public async ValueTask<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation)
    {
        var results = new SendResult[batch.Count];
        var ready = new List<Sms>(batch.Count);
        for (var i = 0; i < results.Length; i++)
        {
            if (Read(batch[i], i, out var sms) is { } refusal)
            {
                results[i] = refusal;
            }
            else
            {
                ready.Add(sms);
            }
        }

        // A request that is cancelled answers by itself, so the loop needs no token of its own.
        await Parallel.ForEachAsync(
            Groups(ready), new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce },
            async (group, _) => await SendAsync(group, results, cancellation));
        return results;
    }

    public ValueTask<IReadOnlyList<SendResult>> QueryOutcomeAsync(IReadOnlyList<OutcomeQuery> queries, CancellationToken cancellation) =>
        _query.AskAsync(queries, cancellation);

    public ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation) => _query.HealthAsync(cancellation);

    public ValueTask<CallbackAnswer> HandleAsync(VendorCallback callback, CancellationToken cancellation) =>
        ValueTask.FromResult(TencentCallback.Read(callback, _options));

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private SendResult? Read(OutgoingMessage message, int index, out Sms sms)
    {
        sms = default;
        if (MessageCheck.Refusal(TencentSmsManifest.Value, message) is { } refusal)
        {
            return refusal;
        }

        if (!SmsPhone.TryRead(message.To.Value, out var phone))
        {
            return SendResult.Failed(message, FailureReason.BadAddress, "Expected a phone number, but the address is none.", "not_a_number");
        }

        if (SmsContent.Read(message, _options.TextTemplate, out var content) is { } wrong)
        {
            return wrong;
        }

        sms = new Sms(message, index, phone, content);
        return null;
    }

    /// <summary>
    /// Same template, signature and values together; mainland and other numbers apart; each number once, because the answer names its
    /// messages by number.
    /// </summary>
    private static List<List<Sms>> Groups(List<Sms> ready)
    {
        var groups = new List<List<Sms>>();
        foreach (var same in ready.GroupBy(one => (
            one.Content.Template, one.Content.Sign, Values: string.Join('\u001F', one.Content.Params.Select(p => p.Value)), SmsPhone.IsMainland(one.Phone))))
        {
            var open = new List<Sms>();
            foreach (var sms in same)
            {
                if (open.Count == NumbersMax || open.Exists(one => one.Phone == sms.Phone))
                {
                    groups.Add(open);
                    open = [];
                }

                open.Add(sms);
            }

            groups.Add(open);
        }

        return groups;
    }

    private async ValueTask SendAsync(List<Sms> group, SendResult[] results, CancellationToken cancellation)
    {
        var outcome = await _call.SendAsync("SendSms", Parameters(group), cancellation);
        var statuses = Statuses(outcome.Response);
        for (var i = 0; i < group.Count; i++)
        {
            var sms = group[i];
            results[sms.Index] = outcome switch
            {
                { Response.ValueKind: JsonValueKind.Undefined } => outcome.Answer.Result(sms.Message),
                { Error: { } error } => Refused(sms.Message, error, outcome.Answer.RetryAfter),
                _ when statuses.TryGetValue(sms.Phone, out var status) => Result(sms.Message, status),
                _ => SendResult.Unknown(sms.Message, "Expected a status for each number, but the vendor gave none for this one.", "status_missing"),
            };
        }
    }

    private JsonObject Parameters(List<Sms> group)
    {
        var first = group[0];
        var parameters = new JsonObject
        {
            ["PhoneNumberSet"] = new JsonArray([.. group.Select(one => JsonValue.Create(one.Phone))]),
            ["SmsSdkAppId"] = _options.SdkAppId,
            ["TemplateId"] = first.Content.Template,
        };
        if (SmsPhone.IsMainland(first.Phone) || first.Content.Sign is not null)
        {
            parameters["SignName"] = first.Content.Sign ?? _options.Sign;
        }

        if (first.Content.Params.Count > 0)
        {
            parameters["TemplateParamSet"] = new JsonArray([.. first.Content.Params.Select(one => JsonValue.Create(one.Value))]);
        }

        if (_options.ExtendCode is { Length: > 0 } extend)
        {
            parameters["ExtendCode"] = extend;
        }

        parameters["SessionContext"] = string.Join(',', group.Select(one => ShortName(one.Message)));
        return parameters;
    }

    /// <summary>The beginning of the message's id, by which the vendor's list names it when the answer was lost.</summary>
    internal static string ShortName(OutgoingMessage message) => message.IdText[..ShortNameLength];

    private static Dictionary<string, JsonElement> Statuses(JsonElement response)
    {
        var statuses = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (response.ValueKind == JsonValueKind.Object && response.TryGetProperty("SendStatusSet", out var set) && set.ValueKind == JsonValueKind.Array)
        {
            foreach (var status in set.EnumerateArray())
            {
                if (SmsPhone.TryRead(TencentCall.Text(status, "PhoneNumber") ?? "", out var phone))
                {
                    statuses[phone] = status;
                }
            }
        }

        return statuses;
    }

    private SendResult Result(OutgoingMessage message, JsonElement status)
    {
        var code = TencentCall.Text(status, "Code");
        if (code != "Ok")
        {
            return Refused(message, code ?? "status_missing", null);
        }

        var fee = int.TryParse(TencentCall.Text(status, "Fee"), NumberStyles.None, CultureInfo.InvariantCulture, out var segments) ? segments : 0;
        return SendResult.Accepted(message, TencentCall.Text(status, "SerialNo")) with { Charge = fee > 0 ? _options.Price.Of(fee) : null };
    }

    private SendResult Refused(OutgoingMessage message, string code, TimeSpan? retryAfter)
    {
        var (reason, wait) = TencentErrors.Reason(code, _services.Time.GetUtcNow());
        var text = $"Expected the vendor to take the message, but it answered {code}.";
        return reason == FailureReason.UnknownOutcome
            ? SendResult.Unknown(message, text, code)
            : SendResult.Failed(message, reason, text, code, wait ?? retryAfter);
    }

    private readonly record struct Sms(OutgoingMessage Message, int Index, string Phone, SmsContent Content);
}
