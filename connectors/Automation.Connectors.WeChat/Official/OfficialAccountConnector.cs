using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors.Callbacks;
using Automation.Connectors.Http;
using Automation.Connectors.WeChat.Subscription;

namespace Automation.Connectors.WeChat.Official;

/// <summary>Sends template messages to the followers of an official account.</summary>
internal sealed class OfficialAccountConnector : IConnector, IReceiptHandler
{
    private readonly WeChatOptions _options;
    private readonly VendorHttp _http;
    private readonly WeChatApi _api;

    public OfficialAccountConnector(string account, WeChatOptions options, ConnectorServices services)
    {
        _options = options;
        _http = new VendorHttp(services, account, options.Timeout);
        _api = new WeChatApi(options, services, _http);
    }

    public ValueTask<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation) =>
        WeChatSending.EachAsync(
            batch, _options.Concurrency,
            message => MessageCheck.Refusal(OfficialAccountManifest.Value, message) ?? TemplateMessage.Read(message, _options, out _),
            message => SendAsync(message, cancellation));

    public ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation) => _api.HealthAsync(cancellation);

    public ValueTask<CallbackAnswer> HandleAsync(VendorCallback callback, CancellationToken cancellation) =>
        ValueTask.FromResult(Read(callback));

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        TemplateMessage.Read(message, _options, out var template);
        var body = new JsonObject { ["touser"] = message.To.Value, ["template_id"] = template.TemplateId, ["data"] = template.Data() };
        if (WeChatApi.Text(message.Content, "url") is { Length: > 0 } url)
        {
            body["url"] = url;
        }

        if (message.Content.TryGetProperty("mini_program", out var program) && program.ValueKind == JsonValueKind.Object)
        {
            body["miniprogram"] = new JsonObject { ["appid"] = WeChatApi.Text(program, "app_id"), ["pagepath"] = WeChatApi.Text(program, "page") ?? "" };
        }

        if (_options.TellsMessageId)
        {
            body["client_msg_id"] = message.IdText;
        }

        var outcome = await _api.PostAsync("message/template/send", body, cancellation);
        if (outcome.Code != 0)
        {
            return outcome.Failure(message);
        }

        var id = WeChatApi.Text(outcome.Json, "msgid");
        return _options.HasReceipts && id is not null ? SendResult.Accepted(message, id) : SendResult.Delivered(message, id);
    }

    private CallbackAnswer Read(VendorCallback callback)
    {
        if (_options.Envelope.Open(callback, out var fields) is { } reply)
        {
            return new CallbackAnswer { Reply = reply };
        }

        if (!WeChatEvents.IsOfPerson(fields))
        {
            return new CallbackAnswer { Reply = WeChatEvents.Thanks };
        }

        var at = callback.ReceivedAt;
        return fields.Text("Event") switch
        {
            "TEMPLATESENDJOBFINISH" => new CallbackAnswer { Reply = WeChatEvents.Thanks, Receipts = [.. Receipts(fields, at)] },
            "subscribe" => Answer(
                WeChatEvents.Of(fields, _options, at, InboundEvent.ConsentGranted, "", new() { ["channel"] = OfficialAccountManifest.Channel, ["source"] = "followed" }),
                WeChatEvents.Of(fields, _options, at, "followed", "", new() { ["key"] = fields.Text("EventKey") })),
            "unsubscribe" => Answer(
                WeChatEvents.Of(fields, _options, at, InboundEvent.ConsentRevoked, "", new() { ["channel"] = OfficialAccountManifest.Channel, ["source"] = "unfollowed" }),
                WeChatEvents.Of(fields, _options, at, "unfollowed", "", [])),
            "CLICK" => Answer(WeChatEvents.Of(fields, _options, at, "menu_clicked", fields.Text("EventKey") ?? "", new() { ["key"] = fields.Text("EventKey") })),
            null when fields.Text("MsgType") == "text" => Answer(WeChatEvents.Message(fields, _options, at, OfficialAccountManifest.Channel)),
            _ => Answer(),
        };
    }

    private IEnumerable<Receipt> Receipts(CallbackFields fields, DateTimeOffset receivedAt)
    {
        if (fields.Text("MsgID") is not { Length: > 0 } id)
        {
            yield break;
        }

        // The vendor writes "failed:user block" and "failed: system failed", with a space and without.
        var status = (fields.Text("Status") ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        yield return new Receipt
        {
            VendorMessageId = id,
            To = new Address(_options.Address, fields.Text("FromUserName")!),
            Status = status == "success" ? ReceiptStatus.Delivered : ReceiptStatus.Failed,
            OccurredAt = fields.Time("CreateTime", receivedAt),
            Reason = status switch
            {
                "success" => null,
                "failed:userblock" => FailureReason.NoConsent,
                "failed:freqlimit" => FailureReason.QuotaGone,
                _ => FailureReason.RetryLater,
            },
            VendorCode = status,
            Text = status == "success" ? null : "Expected the message to arrive, but the vendor said that it did not.",
        };
    }

    private static CallbackAnswer Answer(params InboundEvent[] events) => new() { Reply = WeChatEvents.Thanks, Events = events };
}
