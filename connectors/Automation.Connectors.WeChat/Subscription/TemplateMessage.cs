using System.Text.Json;
using System.Text.Json.Nodes;

namespace Automation.Connectors.WeChat.Subscription;

/// <summary>A template with its fields, as subscription and template messages have them.</summary>
internal sealed record TemplateMessage(string TemplateId, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>Reads a message's content; a plain text goes into the account's own template.</summary>
    /// <param name="template">The template, when the result is null.</param>
    /// <returns>Null, or the refusal.</returns>
    public static SendResult? Read(OutgoingMessage message, WeChatOptions options, out TemplateMessage template)
    {
        var content = message.Content;
        template = new TemplateMessage("", []);
        if (WeChatApi.Text(content, "template_id") is { Length: > 0 } id)
        {
            if (!content.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            {
                return Refusal(message, "Expected 'data' with the template's fields, but there is none.", "data_missing");
            }

            var fields = new List<KeyValuePair<string, string>>();
            foreach (var field in data.EnumerateObject())
            {
                if (field.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
                {
                    return Refusal(message, $"Expected a text for the field '{field.Name}', but got {field.Value.ValueKind}.", "field_not_text");
                }

                fields.Add(new(field.Name, field.Value.ToString()));
            }

            template = new TemplateMessage(id, fields);
            return null;
        }

        if (WeChatApi.Text(content, "text") is not { Length: > 0 } text)
        {
            return Refusal(message, "Expected 'template_id' or 'text', but got neither.", "template_missing");
        }

        if (options.TextTemplate is not { } own)
        {
            return Refusal(message, "Expected a template, but got a plain text, and the account has no text_template for it.", "template_missing");
        }

        template = new TemplateMessage(own.TemplateId, [new(own.Field, text)]);
        return null;
    }

    /// <summary>The fields in the vendor's form: an object of objects, and no text of JSON.</summary>
    public JsonObject Data()
    {
        var data = new JsonObject();
        foreach (var (name, value) in Fields)
        {
            data[name] = new JsonObject { ["value"] = value };
        }

        return data;
    }

    public static SendResult Refusal(OutgoingMessage message, string text, string code) =>
        SendResult.Failed(message, FailureReason.ContentRefused, text, code);
}
