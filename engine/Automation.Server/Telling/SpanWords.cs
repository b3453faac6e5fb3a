using System.Globalization;
using System.Text.RegularExpressions;

namespace Automation.Server.Telling;

/// <summary>Spans as documents write them, <c>30d</c> or <c>30d ago</c>, in words. What is none stays as it is.</summary>
internal static partial class SpanWords
{
    public static string Of(string text, Wording to) => Form().Match(text) is { Success: true } match
        ? to.Say($"{Amount(match, to)}{(IsAgo(match) ? " ago" : "")}", $"{Amount(match, to)}{(IsAgo(match) ? "前" : "")}")
        : text;

    private static bool IsAgo(Match match) => match.Groups["ago"].Success;

    private static string Amount(Match match, Wording to)
    {
        var amount = long.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "w" => to.Say(Counted.Of(amount, "week"), (FormattableString)$"{amount} 周"),
            "d" => to.Say(Counted.Of(amount, "day"), (FormattableString)$"{amount} 天"),
            "h" => to.Say(Counted.Of(amount, "hour"), (FormattableString)$"{amount} 小时"),
            "m" => to.Say(Counted.Of(amount, "minute"), (FormattableString)$"{amount} 分钟"),
            _ => to.Say(Counted.Of(amount, "second"), (FormattableString)$"{amount} 秒"),
        };
    }

    [GeneratedRegex("^(?<number>[0-9]{1,9})(?<unit>[wdhms])(?<ago> ago)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
