using System.Text.Json;
using System.Text.Json.Nodes;

namespace Automation.Connectors.WeCom;

/// <summary>A message's fields in the forms that the vendor wants.</summary>
internal static class WeComContent
{
    public static string? Text(JsonElement content, string name) =>
        content.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>The groups a message is for: <c>group</c>, or <c>groups</c>.</summary>
    public static string[] Groups(JsonElement content)
    {
        if (Text(content, "group") is { } one)
        {
            return [one];
        }

        return content.TryGetProperty("groups", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];
    }

    /// <summary>Text and attachments of a message to a customer; null when there is neither.</summary>
    public static JsonObject? ToCustomer(JsonElement content)
    {
        var body = new JsonObject();
        if (Text(content, "text") is { } text)
        {
            body["text"] = new JsonObject { ["content"] = text };
        }

        var attachments = new JsonArray();
        if (Text(content, "image") is { } image)
        {
            attachments.Add(Attachment("image", new JsonObject { ["pic_url"] = image }));
        }

        if (Text(content, "title") is { } title && Text(content, "url") is { } url)
        {
            attachments.Add(Attachment("link", new JsonObject
            {
                ["title"] = title, ["url"] = url, ["desc"] = Text(content, "description") ?? "", ["picurl"] = Text(content, "picture") ?? "",
            }));
        }

        if (content.TryGetProperty("mini_program", out var card) && card.ValueKind == JsonValueKind.Object)
        {
            attachments.Add(Attachment("miniprogram", new JsonObject
            {
                ["title"] = Text(card, "title"), ["pic_media_id"] = Text(card, "cover"), ["appid"] = Text(card, "app_id"), ["page"] = Page(Text(card, "page")),
            }));
        }

        if (attachments.Count > 0)
        {
            body["attachments"] = attachments;
        }

        return body.Count > 0 ? body : null;
    }

    /// <summary>An app message without its receivers; null when there is nothing to say.</summary>
    public static JsonObject? OfApp(JsonElement content)
    {
        if (Text(content, "text") is { } text)
        {
            return new JsonObject { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = text } };
        }

        if (Text(content, "markdown") is { } markdown)
        {
            return new JsonObject { ["msgtype"] = "markdown", ["markdown"] = new JsonObject { ["content"] = markdown } };
        }

        return Text(content, "title") is { } title && Text(content, "description") is { } description && Text(content, "url") is { } url
            ? new JsonObject
            {
                ["msgtype"] = "textcard",
                ["textcard"] = new JsonObject { ["title"] = title, ["description"] = description, ["url"] = url, ["btntxt"] = Text(content, "button") ?? "详情" },
            }
            : null;
    }

    /// <summary>A robot's message; null when there is nothing to say.</summary>
    public static JsonObject? OfRobot(JsonElement content)
    {
        if (Text(content, "text") is { } text)
        {
            var body = new JsonObject { ["content"] = text };
            if (content.TryGetProperty("mention", out var mention) && mention.ValueKind == JsonValueKind.Array)
            {
                body["mentioned_list"] = JsonNode.Parse(mention.GetRawText());
            }

            return new JsonObject { ["msgtype"] = "text", ["text"] = body };
        }

        if (Text(content, "markdown") is { } markdown)
        {
            return new JsonObject { ["msgtype"] = "markdown", ["markdown"] = new JsonObject { ["content"] = markdown } };
        }

        if (Text(content, "title") is not { } title || Text(content, "url") is not { } url)
        {
            return null;
        }

        var article = new JsonObject
        {
            ["title"] = title, ["url"] = url, ["description"] = Text(content, "description") ?? "", ["picurl"] = Text(content, "picture") ?? "",
        };
        return new JsonObject { ["msgtype"] = "news", ["news"] = new JsonObject { ["articles"] = new JsonArray(article) } };
    }

    private static JsonObject Attachment(string type, JsonObject body) => new() { ["msgtype"] = type, [type] = body };

    /// <summary>WeChat finds a page of a card only with the ending <c>.html</c>.</summary>
    private static string? Page(string? page)
    {
        if (page is null)
        {
            return null;
        }

        var at = page.IndexOf('?', StringComparison.Ordinal);
        var path = at < 0 ? page : page[..at];
        return path.EndsWith(".html", StringComparison.Ordinal) ? page : $"{path}.html{(at < 0 ? "" : page[at..])}";
    }
}
