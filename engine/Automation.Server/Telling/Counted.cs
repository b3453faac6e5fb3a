using System.Globalization;

namespace Automation.Server.Telling;

/// <summary>A number with its noun, in English: <c>1 fact</c>, <c>2 facts</c>.</summary>
internal static class Counted
{
    /// <param name="many">The noun for any other number; with an s where it is left out.</param>
    public static string Of(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");
}
