using System.Text.Json;
using Automation.Core.Journeys.Linting;
using Automation.Core.Primitives;

namespace Automation.Core.Journeys.Documents;

/// <summary>
/// Reads one JSON object strictly: each property is asked for by name, and whatever nobody asked for is a finding in the end.
/// A null counts as absent where the property may be absent. A reader never throws; it says what is wrong and gives a
/// stand-in, so that one pass finds everything.
/// </summary>
internal sealed partial class ObjectReader
{
    private readonly Dictionary<string, JsonElement> _properties = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];

    private ObjectReader(JsonElement element, string pointer, FindingList findings)
    {
        Pointer = pointer;
        Findings = findings;
        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
            {
                findings.Add(LintCodes.BadText, pointer, "Expected property names in valid Unicode, but one holds half a character.");
            }
            else if (!_properties.TryAdd(name, property.Value))
            {
                findings.Add(LintCodes.DuplicateProperty, At(name), $"Expected each property once, but {Found.Quote(name)} stands twice.");
            }
        }
    }

    public string Pointer { get; }

    public FindingList Findings { get; }

    /// <summary>A reader for the object, or null and a finding where there is none.</summary>
    public static ObjectReader? Of(JsonElement element, string pointer, FindingList findings)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new ObjectReader(element, pointer, findings);
        }
        findings.Add(LintCodes.WrongType, pointer, $"Expected an object, but {Found.In(element)}.");
        return null;
    }

    public string At(string key) => JsonPointer.Child(Pointer, key);

    /// <summary>Whether the property is there and not null.</summary>
    public bool Has(string key) => Optional(key) is not null;

    public JsonElement? Optional(string key)
    {
        if (!_asked.Contains(key))
        {
            _asked.Add(key);
        }
        return _properties.TryGetValue(key, out var element) && element.ValueKind != JsonValueKind.Null ? element : null;
    }

    public JsonElement? Required(string key)
    {
        if (Optional(key) is { } element)
        {
            return element;
        }
        if (_properties.ContainsKey(key))
        {
            Findings.Add(LintCodes.WrongType, At(key), $"Expected a value for {Found.Quote(key)}, but found null.");
        }
        else
        {
            Findings.Add(LintCodes.MissingProperty, Pointer, $"Expected {Found.Quote(key)}, but it is missing.");
        }
        return null;
    }

    /// <summary>Names that others write into our documents and that mean nothing here.</summary>
    public void Ignore(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            _properties.Remove(key);
        }
    }

    /// <summary>The object under the name, or null where there is none.</summary>
    public ObjectReader? Object(string key, bool required = false) =>
        (required ? Required(key) : Optional(key)) is { } element ? Of(element, At(key), Findings) : null;

    /// <summary>The items of the list under the name with their pointers; none where there is no list.</summary>
    public IEnumerable<(JsonElement Element, string Pointer)> Items(string key, int itemsMax, bool required = false)
    {
        if ((required ? Required(key) : Optional(key)) is not { } list)
        {
            return [];
        }
        if (list.ValueKind != JsonValueKind.Array)
        {
            Findings.Add(LintCodes.WrongType, At(key), $"Expected a list, but {Found.In(list)}.");
            return [];
        }
        if (list.GetArrayLength() > itemsMax)
        {
            Findings.Add(LintCodes.TooMany, At(key), $"Expected at most {itemsMax} items, but found {list.GetArrayLength()}.");
            return [];
        }
        return list.EnumerateArray().Select((element, index) => (element, JsonPointer.Child(At(key), index)));
    }

    /// <summary>The objects of the list under the name; what is no object is a finding.</summary>
    public IEnumerable<ObjectReader> Objects(string key, int itemsMax, bool required = false)
    {
        foreach (var (element, pointer) in Items(key, itemsMax, required))
        {
            if (Of(element, pointer, Findings) is { } reader)
            {
                yield return reader;
            }
        }
    }

    /// <summary>All properties, for objects whose names are the author's: by channel, by attribute.</summary>
    public IEnumerable<(string Key, JsonElement Element)> Entries()
    {
        foreach (var (key, element) in _properties)
        {
            _asked.Add(key);
            yield return (key, element);
        }
    }

    /// <summary>To be called when everything has been asked for: what is left over is a finding.</summary>
    public void Done()
    {
        foreach (var key in _properties.Keys.Except(_asked))
        {
            Findings.Add(LintCodes.UnknownKey, At(key), $"Expected one of {string.Join(", ", _asked)}, but found {Found.Quote(key)}.{Nearest.Hint(key, _asked)}");
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
