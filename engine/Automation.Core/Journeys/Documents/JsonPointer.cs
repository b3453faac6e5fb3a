using System.Globalization;

namespace Automation.Core.Journeys.Documents;

/// <summary>Builds RFC 6901 pointers.</summary>
public static class JsonPointer
{
    public static string Child(string pointer, string key) =>
        $"{pointer}/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Child(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
}
