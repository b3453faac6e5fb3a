using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>
/// What happened within a window: at moments later than now − window, and not later than now. Exact for the newest
/// <see cref="RecentMax"/> occurrences. Behind them a day counts when all of it lies in the window; the day that is cut by
/// the window's edge does not, because a window must never claim what it did not see. So a count is exact up to
/// <see cref="RecentMax"/>, and above that it may fall short by the occurrences of one UTC day.
/// </summary>
public readonly partial struct EventHistory
{
    /// <summary>Of one numeric property, over all time; 0 where there is none.</summary>
    public decimal Sum(string property)
    {
        var walk = Walk();
        return walk.FindSum(property, out var sum) >= 0 ? sum : 0;
    }

    public long CountWithin(Instant now, Duration window)
    {
        var (after, until) = Edges(now, window);
        var walk = Walk();
        if (walk.LastTicks <= after)
        {
            return 0;
        }
        long within = 0;
        walk.SkipSums();
        while (walk.NextBucket(out var day, out var count, out _))
        {
            within += IsWithin(TicksOf(day), after, until) ? count : 0;
        }
        while (walk.NextOccurrence(out var ticks, out _) && ticks <= until)
        {
            within += ticks > after ? 1 : 0;
        }
        return within;
    }

    public decimal SumWithin(string name, Instant now, Duration window)
    {
        var (after, until) = Edges(now, window);
        var walk = Walk();
        if (walk.LastTicks <= after)
        {
            return 0;
        }
        var property = walk.FindSum(name, out _);
        var sum = 0m;
        while (walk.NextBucket(out var day, out _, out var numbers))
        {
            sum = IsWithin(TicksOf(day), after, until) ? PropertySums.Plus(sum, HistoryWalk.Number(numbers, property)) : sum;
        }
        while (walk.NextOccurrence(out var ticks, out var numbers) && ticks <= until)
        {
            sum = ticks > after ? PropertySums.Plus(sum, HistoryWalk.Number(numbers, property)) : sum;
        }
        return sum;
    }

    /// <summary>The oldest occurrence in the window; of a whole day behind the exact ones, its start.</summary>
    public Instant? FirstWithin(Instant now, Duration window)
    {
        var (after, until) = Edges(now, window);
        return FirstAfter(after) is { } first && first <= until ? Instant.FromUnixTimeTicks(first) : null;
    }

    public Instant? LastWithin(Instant now, Duration window)
    {
        var (after, until) = Edges(now, window);
        var walk = Walk();
        walk.SkipToOccurrences();
        var last = long.MinValue;
        while (walk.NextOccurrence(out var ticks, out _) && ticks <= until)
        {
            last = ticks;
        }
        return last > after ? Instant.FromUnixTimeTicks(last) : null;
    }

    /// <summary>The next moment after now at which something leaves the window, or enters it without a new event.</summary>
    public Instant? NextChange(Instant now, Duration window)
    {
        var (after, until) = Edges(now, window);
        Instant? enters = FirstAfter(until) is { } next ? Instant.FromUnixTimeTicks(next) : null;
        return FirstAfter(after) is { } oldest && Moments.Plus(Instant.FromUnixTimeTicks(oldest), window) is var left && left < Instant.MaxValue
            ? Moments.Earlier(left, enters)
            : enters;
    }

    internal static Instant StartOf(int day) => NodaConstants.UnixEpoch + Duration.FromDays(day);

    /// <summary>The first occurrence or start of a remembered day that is later than a moment.</summary>
    private long? FirstAfter(long moment)
    {
        var walk = Walk();
        if (walk.LastTicks <= moment)
        {
            return null;
        }
        walk.SkipSums();
        long? first = null;
        while (walk.NextBucket(out var day, out _, out _))
        {
            first ??= TicksOf(day) > moment ? TicksOf(day) : null;
        }
        while (walk.NextOccurrence(out var ticks, out _))
        {
            if (ticks > moment)
            {
                return first < ticks ? first : ticks;
            }
        }
        return first;
    }

    // Occurrences are kept to 100 ns, so rounding the edges down to it changes no comparison.
    private static (long After, long Until) Edges(Instant now, Duration window) =>
        (Moments.Minus(now, window).ToUnixTimeTicks(), now.ToUnixTimeTicks());

    private static bool IsWithin(long ticks, long after, long until) => ticks > after && ticks <= until;

    private static long TicksOf(int day) => day * NodaConstants.TicksPerDay;
}
