using System.Text.Encodings.Web;
using System.Text.Json;
using Automation.Connectors.Http;
using Automation.Connectors.Sms;

namespace Automation.Connectors.Aliyun;

/// <summary>
/// Sends SMS. A batch of one template is one request; what the vendor refuses whole because of one number is tried again number by
/// number, which doubles nothing, because a refused request sent nothing.
/// </summary>
internal sealed class AliyunSmsConnector : IConnector, IReceiptHandler
{
    /// <summary>The vendor must not get the same number twice in a batch: receipts tell its messages apart by the number only.</summary>
    private const int BatchMax = 100;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly AliyunSmsOptions _options;
    private readonly VendorHttp _http;
    private readonly AliyunCall _call;
    private readonly AliyunQuery _query;

    public AliyunSmsConnector(string account, AliyunSmsOptions options, ConnectorServices services)
    {
        _options = options;
        _http = new VendorHttp(services, account, options.Timeout);
        _call = new AliyunCall(options, services, _http);
        _query = new AliyunQuery(_call, options, services);
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

        foreach (var group in Groups(ready))
        {
            await SendAsync(group, results, cancellation);
        }

        return results;
    }

    public ValueTask<IReadOnlyList<SendResult>> QueryOutcomeAsync(IReadOnlyList<OutcomeQuery> queries, CancellationToken cancellation) =>
        _query.AskAsync(queries, cancellation);

    public ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation) => _query.HealthAsync(cancellation);

    public ValueTask<CallbackAnswer> HandleAsync(VendorCallback callback, CancellationToken cancellation) =>
        ValueTask.FromResult(AliyunCallback.Read(callback, _options));

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private SendResult? Read(OutgoingMessage message, int index, out Sms sms)
    {
        sms = default;
        if (MessageCheck.Refusal(AliyunSmsManifest.Value, message) is { } refusal)
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

        sms = new Sms(message, index, Number(phone), content);
        return null;
    }

    /// <summary>Same template together, each number once, as many as fit.</summary>
    private IEnumerable<List<Sms>> Groups(List<Sms> ready)
    {
        var open = new Dictionary<string, List<Sms>>(StringComparer.Ordinal);
        foreach (var sms in ready)
        {
            if (!_options.Batches)
            {
                yield return [sms];
                continue;
            }

            var key = sms.Content.Template;
            if (open.TryGetValue(key, out var group) && (group.Count == BatchMax || group.Exists(one => one.Number == sms.Number)))
            {
                yield return group;
                open.Remove(key);
            }

            if (!open.TryGetValue(key, out group))
            {
                open[key] = group = [];
            }

            group.Add(sms);
        }

        foreach (var group in open.Values)
        {
            yield return group;
        }
    }

    private async ValueTask SendAsync(List<Sms> group, SendResult[] results, CancellationToken cancellation)
    {
        var outcome = group.Count == 1
            ? await _call.SendAsync("SendSms", Single(group[0]), cancellation)
            : await _call.SendAsync("SendBatchSms", Batch(group), cancellation);
        if (outcome.Code is { } code && code != "OK" && group.Count > 1 && AliyunErrors.IsOfOneMessage(code))
        {
            foreach (var sms in group)
            {
                await SendAsync([sms], results, cancellation);
            }

            return;
        }

        foreach (var sms in group)
        {
            results[sms.Index] = Result(sms.Message, outcome);
        }
    }

    private static SendResult Result(OutgoingMessage message, in AliyunCall.Outcome outcome)
    {
        if (outcome.Code is not { } code)
        {
            return outcome.Answer.Result(message);
        }

        if (code == "OK")
        {
            return SendResult.Accepted(message, AliyunCall.Text(outcome.Json, "BizId"));
        }

        var (reason, retryAfter) = AliyunErrors.Reason(code, outcome.Message);
        // The vendor's sentence may repeat the number, so only its code is passed on.
        var text = $"Expected the vendor to take the message, but it answered {code}.";
        return reason == FailureReason.UnknownOutcome
            ? SendResult.Unknown(message, text, code)
            : SendResult.Failed(message, reason, text, code, retryAfter ?? outcome.Answer.RetryAfter);
    }

    private List<KeyValuePair<string, string>> Single(in Sms sms)
    {
        var parameters = new List<KeyValuePair<string, string>>
        {
            new("PhoneNumbers", sms.Number),
            new("SignName", sms.Content.Sign ?? _options.Sign),
            new("TemplateCode", sms.Content.Template),
            new("OutId", sms.Message.IdText),
        };
        if (sms.Content.Params.Count > 0)
        {
            parameters.Add(new("TemplateParam", JsonSerializer.Serialize(Params(sms), Relaxed)));
        }

        if (_options.ExtendCode is { Length: > 0 } extend)
        {
            parameters.Add(new("SmsUpExtendCode", extend));
        }

        return parameters;
    }

    private List<KeyValuePair<string, string>> Batch(List<Sms> group)
    {
        var parameters = new List<KeyValuePair<string, string>>
        {
            new("PhoneNumberJson", JsonSerializer.Serialize(group.Select(one => one.Number))),
            new("SignNameJson", JsonSerializer.Serialize(group.Select(one => one.Content.Sign ?? _options.Sign), Relaxed)),
            new("TemplateCode", group[0].Content.Template),
        };
        if (group.Exists(one => one.Content.Params.Count > 0))
        {
            parameters.Add(new("TemplateParamJson", JsonSerializer.Serialize(group.Select(one => Params(one)), Relaxed)));
        }

        if (_options.ExtendCode is { Length: > 0 } extend)
        {
            parameters.Add(new("SmsUpExtendCodeJson", JsonSerializer.Serialize(group.Select(_ => extend))));
        }

        return parameters;
    }

    private static Dictionary<string, string> Params(in Sms sms) => sms.Content.Params.ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);

    /// <summary>Mainland numbers bare, others with their country's code and no plus.</summary>
    internal static string Number(string phone) => SmsPhone.IsMainland(phone) ? phone[3..] : phone[1..];

    private readonly record struct Sms(OutgoingMessage Message, int Index, string Number, SmsContent Content);
}
