using System.Collections;
using System.Globalization;
using Automation.Core.Primitives;

namespace Automation.Core.Tests.Journeys.Documents;

/// <summary>
/// A document as text, by reflection over its records: unlike record equality it looks into lists, and unlike the canonical
/// writer it knows properties that the writer might forget.
/// </summary>
internal static class Structure
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        PropertyBag bag => $"{{{string.Join(", ", bag.Select(pair => $"{pair.Key}: {Of(pair.Value)}"))}}}",
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{key}: {Of(map[key])}").Order())}}}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Of))}]",
        _ when value.GetType().Namespace!.StartsWith("Automation", StringComparison.Ordinal) && !value.GetType().IsEnum => Record(value),
        IFormattable formattable => $"{value.GetType().Name}:{formattable.ToString(null, CultureInfo.InvariantCulture)}",
        _ => value.ToString()!,
    };

    private static string Record(object value)
    {
        var properties = value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0);
        return $"{value.GetType().Name}({string.Join(", ", properties.Select(property => $"{property.Name}: {Of(property.GetValue(value))}"))})";
    }
}
