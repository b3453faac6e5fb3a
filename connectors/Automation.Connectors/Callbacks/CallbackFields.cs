using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Automation.Connectors.Callbacks;

/// <summary>
/// The fields of a callback of the WeChat family, which come as XML or as JSON, numbers now as text and now as numbers, lists now as
/// one object and now as several.
/// </summary>
public sealed class CallbackFields
{
    /// <summary>No vendor nests deeper, and a stranger's body must not exhaust the stack.</summary>
    private const int DepthMax = 16;

    private readonly List<KeyValuePair<string, object>> _fields = [];

    private CallbackFields()
    {
    }

    /// <summary>Reads XML or JSON.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null for what is neither. Document types and their entities are refused.</returns>
    public static CallbackFields? Read(string text)
    {
        try
        {
            return text.AsSpan().TrimStart().StartsWith("<") ? OfXml(text) : OfJson(text);
        }
        catch (Exception error) when (error is XmlException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A field's text; null when there is none. Names compare without case, because the two forms differ in it.</summary>
    /// <param name="name">For example <c>FromUserName</c>.</param>
    public string? Text(string name)
    {
        foreach (var (key, value) in _fields)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value as string;
            }
        }

        return null;
    }

    /// <summary>A moment in seconds since 1970.</summary>
    /// <param name="name">For example <c>CreateTime</c>.</param>
    /// <param name="otherwise">What it is when there is none.</param>
    public DateTimeOffset Time(string name, DateTimeOffset otherwise) =>
        long.TryParse(Text(name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
        && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : otherwise;

    /// <summary>All objects of a name, one or several.</summary>
    /// <param name="name">For example <c>List</c>.</param>
    public IEnumerable<CallbackFields> Objects(string name) => _fields
        .Where(field => string.Equals(field.Key, name, StringComparison.OrdinalIgnoreCase))
        .Select(field => field.Value)
        .OfType<CallbackFields>();

    /// <summary>All texts of a name, one or several.</summary>
    /// <param name="name">For example <c>Item</c>.</param>
    public IEnumerable<string> Texts(string name) => _fields
        .Where(field => string.Equals(field.Key, name, StringComparison.OrdinalIgnoreCase))
        .Select(field => field.Value)
        .OfType<string>();

    private static CallbackFields OfXml(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using (var depth = XmlReader.Create(new StringReader(text), settings))
        {
            while (depth.Read())
            {
                if (depth.Depth > DepthMax)
                {
                    throw new XmlException("Expected a flat message, but it is nested too deeply.");
                }
            }
        }

        using var reader = XmlReader.Create(new StringReader(text), settings);
        return OfElement(XDocument.Load(reader).Root!);
    }

    private static CallbackFields OfElement(XElement element)
    {
        var fields = new CallbackFields();
        foreach (var child in element.Elements())
        {
            fields._fields.Add(new(child.Name.LocalName, child.HasElements ? OfElement(child) : child.Value));
        }

        return fields;
    }

    private static CallbackFields? OfJson(string text)
    {
        var json = JsonElement.Parse(text);
        return json.ValueKind == JsonValueKind.Object ? OfObject(json) : null;
    }

    private static CallbackFields OfObject(JsonElement json)
    {
        var fields = new CallbackFields();
        foreach (var property in json.EnumerateObject())
        {
            fields.Add(property.Name, property.Value);
        }

        return fields;
    }

    private void Add(string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                _fields.Add(new(name, OfObject(value)));
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Add(name, item);
                }

                break;
            case JsonValueKind.String:
                _fields.Add(new(name, value.GetString()!));
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                _fields.Add(new(name, value.GetRawText()));
                break;
        }
    }
}
