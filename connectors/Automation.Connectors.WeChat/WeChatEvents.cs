using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Automation.Connectors.Callbacks;

namespace Automation.Connectors.WeChat;

/// <summary>Makes events of callbacks.</summary>
internal static class WeChatEvents
{
    /// <summary>What the vendor wants to read: it comes again, three times, without it.</summary>
    public static CallbackReply Thanks { get; } = new(200, "success", "text/plain");

    /// <summary>An event of the person who caused the callback.</summary>
    /// <param name="name">Name of the event.</param>
    /// <param name="about">What tells it from others of the same callback, as a template's id.</param>
    public static InboundEvent Of(
        CallbackFields fields, WeChatOptions options, DateTimeOffset receivedAt, string name, string about, Dictionary<string, object?> properties)
    {
        var person = fields.Text("FromUserName") ?? "";
        var at = fields.Time("CreateTime", receivedAt);
        // The vendor gives events no id: who, what and when are the same when it comes again.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{about}\n{person}\n{at.ToUnixTimeSeconds()}")).AsSpan(0, 16));
        return new InboundEvent
        {
            Identity = new Address(options.Address, person),
            Name = name,
            Properties = JsonSerializer.SerializeToElement(
                properties.Where(one => one.Value is not (null or "")).ToDictionary(one => one.Key, one => one.Value)),
            OccurredAt = at,
            MessageId = $"{name}-{id}",
        };
    }

    /// <summary>A text that a person wrote.</summary>
    /// <param name="channel">Where the answer would go.</param>
    public static InboundEvent Message(CallbackFields fields, WeChatOptions options, DateTimeOffset receivedAt, string channel)
    {
        var message = Of(
            fields, options, receivedAt, InboundEvent.MessageReceived, fields.Text("MsgId") ?? "",
            new() { ["channel"] = channel, ["text"] = fields.Text("Content"), ["type"] = fields.Text("MsgType") });
        return fields.Text("MsgId") is { Length: > 0 } id ? message with { MessageId = $"message-{id}" } : message;
    }

    /// <summary>Whether the callback names a person, as all that concern one do.</summary>
    public static bool IsOfPerson(CallbackFields fields) => fields.Text("FromUserName") is { Length: > 0 };
}
