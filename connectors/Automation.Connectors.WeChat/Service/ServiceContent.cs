using System.Text.Json;
using System.Text.Json.Nodes;

namespace Automation.Connectors.WeChat.Service;

/// <summary>A customer-service message in the vendor's form.</summary>
internal static class ServiceContent
{
    /// <summary>The message without its receiver; null when there is nothing to say.</summary>
    public static JsonObject? Of(JsonElement content)
    {
        if (WeChatApi.Text(content, "text") is { Length: > 0 } text)
        {
            return Body("text", new JsonObject { ["content"] = text });
        }

        if (WeChatApi.Text(content, "image") is { Length: > 0 } image)
        {
            return Body("image", new JsonObject { ["media_id"] = image });
        }

        if (WeChatApi.Text(content, "title") is { Length: > 0 } title && WeChatApi.Text(content, "url") is { Length: > 0 } url)
        {
            return Body("link", new JsonObject
            {
                ["title"] = title,
                ["description"] = WeChatApi.Text(content, "description") ?? "",
                ["url"] = url,
                ["thumb_url"] = WeChatApi.Text(content, "picture") ?? "",
            });
        }

        return content.TryGetProperty("mini_program", out var card) && card.ValueKind == JsonValueKind.Object
            ? Body("miniprogrampage", new JsonObject
            {
                ["title"] = WeChatApi.Text(card, "title"),
                ["pagepath"] = WeChatApi.Text(card, "page"),
                ["thumb_media_id"] = WeChatApi.Text(card, "cover"),
            })
            : null;
    }

    private static JsonObject Body(string type, JsonObject content) => new() { ["msgtype"] = type, [type] = content };
}
