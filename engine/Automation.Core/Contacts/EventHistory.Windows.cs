using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>
/// What happened within a window: at moments later than now − window, and not later than now. Exact for the newest
/// <see cref="RecentMax"/> occurrences. Behind them a day counts when all of it lies in the window; the day that is cut by
/// the window's edge does not, because a window must never claim what it did not see. So a count is exact up to
/// <see cref="RecentMax"/>, and above that it may fall short by the occurrences of one UTC day.
/// </summary>
public sealed partial record EventHistory
{
    /// <summary>Of one numeric property, over all time; 0 where there is none.</summary>
    public decimal Sum(string property) => PropertySums.Find(Sums, property);

    public long CountWithin(Instant now, Duration window)
    {
        var after = Moments.Minus(now, window);
        long count = FirstAfter(now) - FirstAfter(after);
        for (var i = FirstBucketAfter(after); i < Buckets.Length && StartOf(Buckets[i].Day) <= now; i++)
        {
            count += Buckets[i].Count;
        }
        return count;
    }

    public decimal SumWithin(string property, Instant now, Duration window)
    {
        var after = Moments.Minus(now, window);
        var sum = 0m;
        for (var i = FirstBucketAfter(after); i < Buckets.Length && StartOf(Buckets[i].Day) <= now; i++)
        {
            sum = PropertySums.Plus(sum, PropertySums.Find(Buckets[i].Sums, property));
        }
        var end = FirstAfter(now);
        for (var i = FirstAfter(after); i < end; i++)
        {
            sum = PropertySums.Plus(sum, PropertySums.Find(Recent[i].Numbers, property));
        }
        return sum;
    }

    /// <summary>The oldest occurrence in the window; of a whole day behind the exact ones, its start.</summary>
    public Instant? FirstWithin(Instant now, Duration window)
    {
        var after = Moments.Minus(now, window);
        var bucket = FirstBucketAfter(after);
        if (bucket < Buckets.Length && StartOf(Buckets[bucket].Day) <= now)
        {
            return StartOf(Buckets[bucket].Day);
        }
        var index = FirstAfter(after);
        return index < FirstAfter(now) ? Recent[index].At : null;
    }

    public Instant? LastWithin(Instant now, Duration window)
    {
        var index = FirstAfter(now) - 1;
        return index >= 0 && Recent[index].At > Moments.Minus(now, window) ? Recent[index].At : null;
    }

    /// <summary>The next moment after now at which something leaves the window, or enters it without a new event.</summary>
    public Instant? NextChange(Instant now, Duration window)
    {
        var after = Moments.Minus(now, window);
        var leaves = Moments.Earlier(RecentAt(FirstAfter(after)), BucketAt(FirstBucketAfter(after)));
        var enters = Moments.Earlier(RecentAt(FirstAfter(now)), BucketAt(FirstBucketAfter(now)));
        return leaves is { } oldest && Moments.Plus(oldest, window) is var left && left < Instant.MaxValue
            ? Moments.Earlier(left, enters)
            : enters;
    }

    private Instant? RecentAt(int index) => index < Recent.Length ? Recent[index].At : null;

    private Instant? BucketAt(int index) => index < Buckets.Length ? StartOf(Buckets[index].Day) : null;

    /// <summary>Index of the first exact occurrence later than a moment.</summary>
    private int FirstAfter(Instant moment)
    {
        var (low, high) = (0, Recent.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Recent[middle].At > moment ? (low, middle) : (middle + 1, high);
        }
        return low;
    }

    /// <summary>Index of the first day that began later than a moment.</summary>
    private int FirstBucketAfter(Instant moment)
    {
        var (low, high) = (0, Buckets.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = StartOf(Buckets[middle].Day) > moment ? (low, middle) : (middle + 1, high);
        }
        return low;
    }

    private static Instant StartOf(int day) => NodaConstants.UnixEpoch + Duration.FromDays(day);
}
