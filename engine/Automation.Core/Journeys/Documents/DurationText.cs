using System.Globalization;
using System.Text;
using NodaTime;

namespace Automation.Core.Journeys.Documents;

/// <summary>
/// Durations as people write them: <c>15m</c>, <c>24h</c>, <c>30d</c>, <c>2w</c>, <c>1d12h</c>, <c>-3d</c>. A duration has no
/// memory of how it was written, so it is written in the largest of d, h, m and s that divides it: <c>24h</c> comes back as
/// <c>1d</c>, <c>36h</c> stays.
/// </summary>
public static class DurationText
{
    private static readonly (char Unit, long Seconds)[] Units = [('w', 604_800), ('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

    public static bool TryParse(string text, out Duration duration)
    {
        duration = Duration.Zero;
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        rest = negative ? rest[1..] : rest;
        if (rest.IsEmpty)
        {
            return false;
        }
        var seconds = 0L;
        var unitsFrom = 0; // From large to small, each at most once: 12h1d would be a slip.
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            // Nine digits are more than the longest duration has seconds, and can't overflow.
            if (digits is < 1 or > 9)
            {
                return false;
            }
            var unit = Array.FindIndex(Units, unitsFrom, UnitIs(rest[digits]));
            if (unit < 0)
            {
                return false;
            }
            seconds += long.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture) * Units[unit].Seconds;
            unitsFrom = unit + 1;
            rest = rest[(digits + 1)..];
        }
        if (seconds > DocumentLimits.DurationDaysMax * 86_400L)
        {
            return false;
        }
        duration = Duration.FromSeconds(negative ? -seconds : seconds);
        return true;
    }

    public static string Write(Duration duration)
    {
        // Documents hold whole seconds; what is finer was never in one, and is cut.
        var seconds = duration.BclCompatibleTicks / NodaConstants.TicksPerSecond;
        foreach (var (unit, size) in Units.AsSpan(1))
        {
            if (seconds != 0 && seconds % size == 0)
            {
                return new StringBuilder().Append(CultureInfo.InvariantCulture, $"{seconds / size}{unit}").ToString();
            }
        }
        return "0s";
    }

    private static Predicate<(char Unit, long Seconds)> UnitIs(char unit) => candidate => candidate.Unit == unit;
}
