using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors.Http;

namespace Automation.Connectors.Remote;

/// <summary>The forms of what goes to the other process and what comes back. What comes back is a stranger's: nothing in it throws.</summary>
internal static class RemoteForm
{
    public static JsonObject Of(OutgoingMessage message) => new()
    {
        ["id"] = message.IdText,
        ["channel"] = message.Channel,
        ["kind"] = message.Kind == MessageKind.Call ? "call" : "message",
        ["to"] = new JsonObject { ["type"] = message.To.Type, ["value"] = message.To.Value },
        ["content"] = JsonNode.Parse(message.Content.GetRawText()),
        ["contact_id"] = message.ContactId,
        ["attempt"] = message.Attempt,
        ["journey"] = message.Origin.Journey,
        ["step"] = message.Origin.Step,
    };

    public static JsonObject Of(VendorCallback callback) => new()
    {
        ["method"] = callback.Method,
        ["headers"] = new JsonObject(callback.Headers.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
        ["query"] = new JsonObject(callback.Query.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
        ["body"] = Convert.ToBase64String(callback.Body.Span),
        ["received_at"] = callback.ReceivedAt.ToString("O"),
    };

    /// <summary>The results by message.</summary>
    public static Dictionary<Guid, JsonElement> Results(VendorAnswer answer)
    {
        var results = new Dictionary<Guid, JsonElement>();
        foreach (var one in Items(answer, "results"))
        {
            if (Guid.TryParseExact(Text(one, "id"), "N", out var id))
            {
                results[id] = one;
            }
        }

        return results;
    }

    /// <summary>One result; null when it is none.</summary>
    public static SendResult? Result(OutgoingMessage message, JsonElement one)
    {
        var text = Text(one, "text");
        var code = Text(one, "vendor_code");
        var id = Text(one, "vendor_message_id");
        JsonElement? response = one.TryGetProperty("response", out var given) && given.ValueKind != JsonValueKind.Null ? given : null;
        switch (Text(one, "outcome"))
        {
            case "accepted":
                return SendResult.Accepted(message, id, response) with { VendorCode = code, Text = text, Stage = Text(one, "stage") };
            case "delivered":
                return SendResult.Delivered(message, id, response) with { VendorCode = code, Text = text };
            case "unknown":
                return SendResult.Unknown(message, text ?? "Expected an outcome, but the connector's process knows none.", code);
            case "failed" when FailureReasons.TryParse(Text(one, "reason"), out var reason) && reason != FailureReason.UnknownOutcome:
                var wait = one.TryGetProperty("retry_after_seconds", out var seconds) && seconds.TryGetDouble(out var number) && number is >= 0 and <= 86_400
                    ? TimeSpan.FromSeconds(number)
                    : (TimeSpan?)null;
                return SendResult.Failed(message, reason, text ?? $"Expected success, but the connector's process said {reason.Code()}.", code, wait);
            default:
                return null;
        }
    }

    public static ConnectorHealth? Health(VendorAnswer answer) =>
        answer.Status == 200 && answer.TryJson(out var json) && json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("healthy", out var healthy) && healthy.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? new ConnectorHealth(healthy.GetBoolean(), Text(json, "code") ?? (healthy.GetBoolean() ? "ok" : "retry_later"), Text(json, "text") ?? "")
            : null;

    public static CallbackAnswer? Callback(VendorAnswer answer, DateTimeOffset receivedAt)
    {
        if (answer.Status != 200 || !answer.TryJson(out var json) || json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("reply", out var reply))
        {
            return null;
        }

        var status = reply.ValueKind == JsonValueKind.Object && reply.TryGetProperty("status", out var number) && number.TryGetInt32(out var whole) ? whole : 200;
        return new CallbackAnswer
        {
            Reply = new CallbackReply(status is >= 200 and <= 599 ? status : 500, Text(reply, "body") ?? "", Text(reply, "content_type") ?? "text/plain"),
            Receipts = [.. Items(answer, "receipts").Select(one => Receipt(one, receivedAt)).OfType<Receipt>()],
            Events = [.. Items(answer, "events").Select(one => Event(one, receivedAt)).OfType<InboundEvent>()],
        };
    }

    private static Receipt? Receipt(JsonElement one, DateTimeOffset receivedAt)
    {
        var id = Guid.TryParseExact(Text(one, "id"), "N", out var ours) ? ours : (Guid?)null;
        var vendorId = Text(one, "vendor_message_id");
        var status = Text(one, "status") switch
        {
            "delivered" => ReceiptStatus.Delivered,
            "read" => ReceiptStatus.Read,
            "failed" => ReceiptStatus.Failed,
            _ => (ReceiptStatus?)null,
        };
        if (status is not { } known || (id is null && vendorId is null))
        {
            return null;
        }

        var reason = FailureReasons.TryParse(Text(one, "reason"), out var said) && said != FailureReason.UnknownOutcome ? said : FailureReason.RetryLater;
        return new Receipt
        {
            MessageId = id,
            VendorMessageId = vendorId,
            To = Address(one, "to"),
            Status = known,
            OccurredAt = Time(one, receivedAt),
            Reason = known == ReceiptStatus.Failed ? reason : null,
            VendorCode = Text(one, "vendor_code"),
            Text = Text(one, "text"),
        };
    }

    private static InboundEvent? Event(JsonElement one, DateTimeOffset receivedAt) =>
        Address(one, "identity") is { } identity && Text(one, "name") is { Length: > 0 } name && Text(one, "message_id") is { Length: > 0 and <= 100 } id
            ? new InboundEvent
            {
                Identity = identity,
                Name = name,
                Properties = one.TryGetProperty("properties", out var given) && given.ValueKind == JsonValueKind.Object ? given : JsonElement.Parse("{}"),
                OccurredAt = Time(one, receivedAt),
                MessageId = id,
            }
            : null;

    private static Address? Address(JsonElement one, string name) =>
        one.TryGetProperty(name, out var address) && Text(address, "type") is { Length: > 0 } type && Text(address, "value") is { } value
            ? new Address(type, value)
            : null;

    private static DateTimeOffset Time(JsonElement one, DateTimeOffset otherwise) =>
        one.TryGetProperty("occurred_at", out var time) && time.ValueKind == JsonValueKind.String && time.TryGetDateTimeOffset(out var at) ? at : otherwise;

    private static IEnumerable<JsonElement> Items(VendorAnswer answer, string name) =>
        answer.Status == 200 && answer.TryJson(out var json) && json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object)
            : [];

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
