using System.Globalization;
using System.Text.Json;

namespace Automation.Connectors.Sms;

/// <summary>
/// An SMS as mainland vendors want it: an approved template with the values of its variables. A plain <c>text</c> goes into the one
/// variable of the account's own template (<c>text_template</c>).
/// </summary>
public sealed record SmsContent
{
    /// <summary>JSON Schema of the content, the same for every SMS vendor, so that a template moves from one to another.</summary>
    public static JsonElement Schema { get; } = JsonElement.Parse(
        """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "短信 / SMS",
          "type": "object",
          "anyOf": [{ "required": ["text"] }, { "required": ["template"] }],
          "additionalProperties": false,
          "properties": {
            "text": { "type": "string", "minLength": 1, "maxLength": 500, "title": "正文 / Text",
              "description": "账号 text_template 中唯一变量的值。 / The value of the only variable of the account's text_template." },
            "template": { "type": "string", "maxLength": 64, "title": "模板编号 / Template code", "description": "厂商审核通过的模板，如 SMS_123456 或 1110。 / Approved by the vendor, as SMS_123456 or 1110." },
            "params": { "title": "模板变量 / Variables", "description": "按变量名，或从 1 开始编号。 / By name, or numbered from 1.",
              "oneOf": [
                { "type": "object", "additionalProperties": { "type": ["string", "number"] } },
                { "type": "array", "items": { "type": ["string", "number"] } }
              ] },
            "sign": { "type": "string", "maxLength": 20, "title": "签名 / Signature", "description": "不含括号【】；不填用账号的签名。 / Without the brackets 【】; the account's when it is missing." }
          }
        }
        """);

    /// <summary>The vendor's code of the template.</summary>
    public required string Template { get; init; }

    /// <summary>The signature, without brackets; null for the account's.</summary>
    public string? Sign { get; init; }

    /// <summary>The variables in order, with the names they have: <c>1</c>, <c>2</c> for a list.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Params { get; init; }

    /// <summary>Reads a message's content.</summary>
    /// <param name="message">The message, already checked by <see cref="MessageCheck"/>.</param>
    /// <param name="textTemplate">Where a plain text goes; null when the account has no such template.</param>
    /// <param name="content">The content, when the result is null.</param>
    /// <returns>Null, or the refusal.</returns>
    public static SendResult? Read(OutgoingMessage message, SmsTextTemplate? textTemplate, out SmsContent content)
    {
        content = new SmsContent { Template = "", Params = [] };
        var sign = Text(message.Content, "sign");
        if (Text(message.Content, "template") is { Length: > 0 } template)
        {
            if (!TryParams(message.Content, out var values))
            {
                return Refusal(message, "Expected params to be texts or numbers, by name or in a list, but got others.", "params_not_texts");
            }

            content = new SmsContent { Template = template, Sign = sign, Params = values };
        }
        else if (Text(message.Content, "text") is not { Length: > 0 } text)
        {
            return Refusal(message, "Expected 'template' or 'text', but got neither.", "template_missing");
        }
        else if (textTemplate is null)
        {
            return Refusal(message, "Expected a template, but got a plain text, and the account has no text_template for it.", "template_missing");
        }
        else
        {
            content = new SmsContent { Template = textTemplate.Code, Sign = sign, Params = [new(textTemplate.Variable, text)] };
        }

        return content.Params.Any(one => HasControl(one.Value))
            ? Refusal(message, "Expected variables without control characters, but got one.", "control_character")
            : null;
    }

    private static bool TryParams(JsonElement content, out List<KeyValuePair<string, string>> values)
    {
        values = [];
        if (!content.TryGetProperty("params", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        switch (given.ValueKind)
        {
            case JsonValueKind.Array:
                var number = 0;
                foreach (var item in given.EnumerateArray())
                {
                    if (!TryScalar(item, out var value))
                    {
                        return false;
                    }

                    values.Add(new((++number).ToString(CultureInfo.InvariantCulture), value));
                }

                return true;
            case JsonValueKind.Object:
                foreach (var property in given.EnumerateObject())
                {
                    if (!TryScalar(property.Value, out var value))
                    {
                        return false;
                    }

                    values.Add(new(property.Name, value));
                }

                // Numbered variables stand in the order of their numbers, however they were written.
                if (values.TrueForAll(one => int.TryParse(one.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                {
                    values.Sort((a, b) => int.Parse(a.Key, CultureInfo.InvariantCulture).CompareTo(int.Parse(b.Key, CultureInfo.InvariantCulture)));
                }

                return true;
            default:
                return false;
        }
    }

    private static bool TryScalar(JsonElement item, out string value)
    {
        value = item.ValueKind switch
        {
            JsonValueKind.String => item.GetString()!,
            JsonValueKind.Number => item.GetRawText(),
            _ => "",
        };
        return item.ValueKind is JsonValueKind.String or JsonValueKind.Number;
    }

    private static string? Text(JsonElement content, string name) =>
        content.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool HasControl(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\u001F') >= 0;

    private static SendResult Refusal(OutgoingMessage message, string text, string code) =>
        SendResult.Failed(message, FailureReason.ContentRefused, text, code);
}

/// <summary>A template with one variable, into which a plain text goes.</summary>
/// <param name="Code">The vendor's code of the template.</param>
/// <param name="Variable">The variable's name; vendors with numbered variables ignore it.</param>
public sealed record SmsTextTemplate(string Code, string Variable)
{
    /// <summary>Reads <c>text_template: { code, variable }</c>.</summary>
    /// <param name="read">The account's configuration.</param>
    public static SmsTextTemplate? Read(ConfigurationReader read)
    {
        if (read.Inner("text_template") is not { } inner)
        {
            return null;
        }

        var template = new SmsTextTemplate(inner.Text("code") ?? throw inner.Missing("code"), inner.Text("variable") ?? "text");
        inner.RefuseOthers();
        return template;
    }
}
