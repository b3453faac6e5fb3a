using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors.Http;
using Automation.Connectors.WeChat.Service;
using Automation.Connectors.WeChat.Subscription;

namespace Automation.Connectors.WeChat;

/// <summary>Sends a mini-program's messages.</summary>
internal sealed class MiniProgramConnector : IConnector, IReceiptHandler
{
    private readonly WeChatOptions _options;
    private readonly VendorHttp _http;
    private readonly WeChatApi _api;

    public MiniProgramConnector(string account, WeChatOptions options, ConnectorServices services)
    {
        _options = options;
        _http = new VendorHttp(services, account, options.Timeout);
        _api = new WeChatApi(options, services, _http);
    }

    public ValueTask<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation) =>
        WeChatSending.EachAsync(batch, _options.Concurrency, Refusal, message => SendAsync(message, cancellation));

    public ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation) => _api.HealthAsync(cancellation);

    public ValueTask<CallbackAnswer> HandleAsync(VendorCallback callback, CancellationToken cancellation) =>
        ValueTask.FromResult(MiniProgramCallbacks.Read(callback, _options));

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private SendResult? Refusal(OutgoingMessage message)
    {
        if (MessageCheck.Refusal(MiniProgramManifest.Value, message) is { } refusal)
        {
            return refusal;
        }

        if (message.Channel == MiniProgramManifest.Service)
        {
            return ServiceContent.Of(message.Content) is null
                ? TemplateMessage.Refusal(message, "Expected a text, a picture, a link or a card, but got none.", "content_empty")
                : null;
        }

        if (TemplateMessage.Read(message, _options, out var template) is { } wrong)
        {
            return wrong;
        }

        foreach (var (name, value) in template.Fields)
        {
            if (FieldRules.Problem(name, value) is { } problem)
            {
                return TemplateMessage.Refusal(message, $"Field '{name}': {problem}", "field_does_not_fit");
            }
        }

        return null;
    }

    private async ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        if (message.Channel == MiniProgramManifest.Service)
        {
            var body = ServiceContent.Of(message.Content)!;
            body["touser"] = message.To.Value;
            var served = await _api.PostAsync("message/custom/send", body, cancellation);
            return served.Code == 0 ? SendResult.Delivered(message) : served.Failure(message);
        }

        TemplateMessage.Read(message, _options, out var template);
        var outcome = await _api.PostAsync("message/subscribe/send", Subscription(message, template), cancellation);
        if (outcome.Code != 0)
        {
            return outcome.Failure(message);
        }

        // Without an id no receipt could find the message: then taken is the last word.
        return _options.HasReceipts && WeChatApi.Text(outcome.Json, "msgid") is { Length: > 1 } id
            ? SendResult.Accepted(message, id)
            : SendResult.Delivered(message);
    }

    private JsonObject Subscription(OutgoingMessage message, TemplateMessage template)
    {
        var body = new JsonObject
        {
            ["touser"] = message.To.Value,
            ["template_id"] = template.TemplateId,
            ["data"] = template.Data(),
            ["miniprogram_state"] = _options.State,
            ["lang"] = _options.Language,
        };
        if (message.Content.TryGetProperty("page", out var page) && page.ValueKind == JsonValueKind.String)
        {
            body["page"] = page.GetString();
        }

        return body;
    }
}
