using System.Globalization;
using Automation.Connectors.Callbacks;

namespace Automation.Connectors.WeChat;

/// <summary>
/// Turns callbacks into credits, receipts and events. One acceptance is one credit of its template; a refusal in the settings takes all
/// that are left.
/// </summary>
internal static class MiniProgramCallbacks
{
    public static CallbackAnswer Read(VendorCallback callback, WeChatOptions options)
    {
        if (options.Envelope.Open(callback, out var fields) is { } reply)
        {
            return new CallbackAnswer { Reply = reply };
        }

        if (!WeChatEvents.IsOfPerson(fields))
        {
            return new CallbackAnswer { Reply = WeChatEvents.Thanks };
        }

        return fields.Text("Event") switch
        {
            "subscribe_msg_popup_event" => Answer([.. Lists(fields, "SubscribeMsgPopupEvent").SelectMany(item => Asked(fields, item, options, callback.ReceivedAt))]),
            "subscribe_msg_change_event" => Answer(
                [.. Lists(fields, "SubscribeMsgChangeEvent", "SubscribeMsgPopupEvent").SelectMany(item => Changed(fields, item, options, callback.ReceivedAt))]),
            "subscribe_msg_sent_event" => new CallbackAnswer
            {
                Reply = WeChatEvents.Thanks,
                Receipts = [.. Lists(fields, "SubscribeMsgSentEvent").Select(item => Sent(fields, item, options, callback.ReceivedAt)).OfType<Receipt>()],
            },
            "user_enter_tempsession" => Answer(
                [WeChatEvents.Of(fields, options, callback.ReceivedAt, "service_session_entered", "", new() { ["from"] = fields.Text("SessionFrom") })]),
            null when fields.Text("MsgType") is "text" or "image" or "miniprogrampage" =>
                Answer([WeChatEvents.Message(fields, options, callback.ReceivedAt, MiniProgramManifest.Service)]),
            _ => Answer([]),
        };
    }

    /// <summary>The items of an event: in XML within a node of the event's name, in JSON at the top.</summary>
    private static IEnumerable<CallbackFields> Lists(CallbackFields fields, params string[] nodes) =>
        fields.Objects("List").Concat(nodes.SelectMany(fields.Objects).SelectMany(node => node.Objects("List")));

    private static IEnumerable<InboundEvent> Asked(CallbackFields fields, CallbackFields item, WeChatOptions options, DateTimeOffset receivedAt)
    {
        if (item.Text("TemplateId") is not { Length: > 0 } template)
        {
            yield break;
        }

        var properties = Properties(item, options, template);
        if (item.Text("SubscribeStatusString") == "accept")
        {
            yield return WeChatEvents.Of(fields, options, receivedAt, InboundEvent.ConsentGranted, template, properties);
            yield return WeChatEvents.Of(fields, options, receivedAt, InboundEvent.QuotaAdded, template, properties);
        }
        else
        {
            yield return WeChatEvents.Of(fields, options, receivedAt, "subscription_refused", template, properties);
        }
    }

    private static IEnumerable<InboundEvent> Changed(CallbackFields fields, CallbackFields item, WeChatOptions options, DateTimeOffset receivedAt)
    {
        // The vendor tells of refusals only; an acceptance in the settings is told by the next time the person is asked.
        if (item.Text("TemplateId") is { Length: > 0 } template && item.Text("SubscribeStatusString") != "accept")
        {
            var properties = Properties(item, options, template);
            yield return WeChatEvents.Of(fields, options, receivedAt, InboundEvent.QuotaEmptied, template, properties);
            yield return WeChatEvents.Of(fields, options, receivedAt, "subscription_refused", template, properties);
        }
    }

    private static Dictionary<string, object?> Properties(CallbackFields item, WeChatOptions options, string template) => new()
    {
        ["channel"] = MiniProgramManifest.Subscription,
        ["quota"] = options.Quota(template),
        ["amount"] = 1,
        ["template_id"] = template,
        ["scene"] = item.Text("PopupScene"),
        ["source"] = "subscribed",
    };

    private static Receipt? Sent(CallbackFields fields, CallbackFields item, WeChatOptions options, DateTimeOffset receivedAt)
    {
        if (item.Text("MsgID") is not { Length: > 0 } id)
        {
            return null;
        }

        var code = long.TryParse(item.Text("ErrorCode"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : -1;
        return new Receipt
        {
            VendorMessageId = id,
            To = new Address(options.Address, fields.Text("FromUserName")!),
            Status = code == 0 ? ReceiptStatus.Delivered : ReceiptStatus.Failed,
            OccurredAt = fields.Time("CreateTime", receivedAt),
            Reason = code == 0 ? null : WeChatErrors.Reason(code).Reason,
            VendorCode = code.ToString(CultureInfo.InvariantCulture),
            Text = code == 0 ? null : "Expected the message to arrive, but the vendor said that it did not.",
        };
    }

    private static CallbackAnswer Answer(IReadOnlyList<InboundEvent> events) => new() { Reply = WeChatEvents.Thanks, Events = events };
}
