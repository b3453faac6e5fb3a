using System.Text.Json;
using Automation.Core.Journeys.Linting;
using Automation.Core.Primitives;

namespace Automation.Core.Journeys.Documents;

/// <summary>Reads free values of a document as <see cref="PropertyBag"/>s, with a finding where a bag would not hold them.</summary>
internal static class PropertyReader
{
    public static PropertyBag Bag(JsonElement element, string pointer, FindingList findings) =>
        ObjectReader.Of(element, pointer, findings) is { } reader ? Bag(reader, 1) : PropertyBag.Empty;

    public static object? Value(JsonElement element, string pointer, FindingList findings, int depth = 1)
    {
        if (depth > DocumentLimits.ValueDepthMax)
        {
            findings.Add(LintCodes.TooDeep, pointer, $"Expected values nested at most {DocumentLimits.ValueDepthMax} deep, but they go on.");
            return null;
        }
        return element.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => Text(element, pointer, findings),
            JsonValueKind.Number => Number(element, pointer, findings),
            JsonValueKind.Array => List(element, pointer, findings, depth),
            JsonValueKind.Object or _ => Bag(ObjectReader.Of(element, pointer, findings)!, depth + 1),
        };
    }

    private static PropertyBag Bag(ObjectReader reader, int depth)
    {
        var entries = reader.Entries().ToList();
        if (entries.Count > DocumentLimits.PropertiesMax)
        {
            reader.Findings.Add(LintCodes.TooMany, reader.Pointer,
                $"Expected at most {DocumentLimits.PropertiesMax} properties, but found {entries.Count}.");
            return PropertyBag.Empty;
        }
        return PropertyBag.Of([.. entries.Select(e => (e.Key, Value(e.Element, reader.At(e.Key), reader.Findings, depth)))]);
    }

    private static List<object?> List(JsonElement element, string pointer, FindingList findings, int depth)
    {
        if (element.GetArrayLength() > DocumentLimits.ListMax)
        {
            findings.Add(LintCodes.TooMany, pointer, $"Expected at most {DocumentLimits.ListMax} items, but found {element.GetArrayLength()}.");
            return [];
        }
        return [.. element.EnumerateArray().Select((item, i) => Value(item, JsonPointer.Child(pointer, i), findings, depth + 1))];
    }

    private static string Text(JsonElement element, string pointer, FindingList findings)
    {
        var text = Found.Text(element);
        if (text is null)
        {
            findings.Add(LintCodes.BadText, pointer, "Expected text in valid Unicode, but it holds half a character.");
        }
        else if (text.Length > DocumentLimits.TextLengthMax)
        {
            findings.Add(LintCodes.TooLong, pointer, $"Expected at most {DocumentLimits.TextLengthMax} characters, but found {text.Length}.");
        }
        return text ?? "";
    }

    // Whole numbers as long, others exact as decimal, and only what a decimal cannot hold as double, like PropertyJson.
    private static object Number(JsonElement element, string pointer, FindingList findings)
    {
        if (element.TryGetInt64(out var whole))
        {
            return whole;
        }
        if (element.TryGetDecimal(out var exact))
        {
            return exact;
        }
        if (element.TryGetDouble(out var wide) && double.IsFinite(wide))
        {
            return wide;
        }
        findings.Add(LintCodes.BadNumber, pointer, $"Expected a number below 1.8e308, but {Found.In(element)}.");
        return 0L;
    }
}
