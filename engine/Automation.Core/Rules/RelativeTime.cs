using System.Globalization;
using NodaTime;

namespace Automation.Core.Rules;

/// <summary>
/// A moment that moves with the clock, as a rule's value: <c>30d ago</c> or <c>-30d</c>, <c>in 7d</c> or <c>+7d</c>.
/// Units are s, m, h, d and w; several may follow each other, as in <c>1d12h ago</c>.
/// </summary>
internal static class RelativeTime
{
    // A hundred years; more is a typing error, and far from the ends of time.
    private const long SecondsMax = 36_525L * 86_400;

    private const string AgoWord = "ago";
    private const string InWord = "in ";

    /// <summary>The distance from now, negative for the past.</summary>
    public static bool TryParse(string text, out Duration fromNow)
    {
        fromNow = Duration.Zero;
        var rest = text.AsSpan().Trim();
        var past = true;
        if (rest.EndsWith(AgoWord, StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[..^AgoWord.Length].TrimEnd();
        }
        else if (rest.StartsWith(InWord, StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[InWord.Length..].TrimStart();
            past = false;
        }
        else if (rest is ['-' or '+', ..])
        {
            past = rest[0] == '-';
            rest = rest[1..];
        }
        else
        {
            return false;
        }
        if (!TrySeconds(rest, out var seconds))
        {
            return false;
        }
        fromNow = Duration.FromSeconds(past ? -seconds : seconds);
        return true;
    }

    /// <summary>A duration as people write it, in the largest unit it fills: <c>30d</c>, <c>36h</c>.</summary>
    public static string Text(Duration duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var unit = "dhms".First(letter => seconds % Unit(letter) == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / Unit(unit)}{unit}");
    }

    private static bool TrySeconds(ReadOnlySpan<char> text, out long seconds)
    {
        seconds = 0;
        var amount = -1L;
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter))
            {
                amount = (Math.Max(amount, 0) * 10) + (letter - '0');
            }
            else if (amount >= 0 && Unit(letter) is > 0 and var unit)
            {
                seconds += amount * unit;
                amount = -1;
            }
            else
            {
                return false;
            }
            if (amount > SecondsMax || seconds > SecondsMax)
            {
                return false;
            }
        }
        return amount < 0 && text.Length > 0;
    }

    private static long Unit(char letter) => letter switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        'w' => 7 * 86_400,
        _ => 0,
    };
}
