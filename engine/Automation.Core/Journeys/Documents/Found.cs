using System.Text.Json;

namespace Automation.Core.Journeys.Documents;

/// <summary>Says in words what stands in a document, for the second half of "Expected …, but …".</summary>
internal static class Found
{
    private const int ShownMax = 40;

    public static string In(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => "found null",
        JsonValueKind.True => "found true",
        JsonValueKind.False => "found false",
        JsonValueKind.String => $"found {Quote(Text(element) ?? "text that is not valid Unicode")}",
        JsonValueKind.Number => $"found {Shorten(element.GetRawText())}",
        JsonValueKind.Array => "found a list",
        JsonValueKind.Object => "found an object",
        _ => "found nothing",
    };

    public static string Quote(string text) => $"\"{Shorten(text)}\"";

    /// <summary>The string, or null where it holds half a surrogate pair, which JSON can write and .NET can't read.</summary>
    public static string? Text(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Shorten(string text)
    {
        if (text.Length <= ShownMax)
        {
            return text;
        }
        var end = char.IsHighSurrogate(text[ShownMax - 1]) ? ShownMax - 1 : ShownMax;
        return text[..end] + "…";
    }
}
