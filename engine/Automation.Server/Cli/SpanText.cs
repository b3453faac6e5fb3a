using System.Globalization;
using System.Text.RegularExpressions;

namespace Automation.Server.Cli;

/// <summary>Spans of time as people write them on a command line: <c>20s</c>, <c>5m</c>, <c>2h</c>.</summary>
internal static partial class SpanText
{
    /// <exception cref="CannotRunException">It is none.</exception>
    public static TimeSpan Read(string option, string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            throw new CannotRunException("bad_duration", $"Expected a duration such as 20s, 5m or 2h after {option}, but found '{text}'.");
        }
        var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
    }

    [GeneratedRegex("^(?<number>[1-9][0-9]{0,4})(?<unit>[smh])$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
