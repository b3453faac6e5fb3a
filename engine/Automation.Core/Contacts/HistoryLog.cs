using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>The sum of one numeric property over occurrences. Decimal, because sums of money are exact.</summary>
public readonly record struct PropertySum(string Property, decimal Sum);

/// <summary>One remembered occurrence: when, and its numeric properties.</summary>
public readonly record struct Occurrence(Instant At, ImmutableArray<PropertySum> Numbers);

/// <summary>Occurrences that became too old for the exact list, summed by UTC day (days since 1970-01-01).</summary>
public readonly record struct HistoryBucket(int Day, int Count, ImmutableArray<PropertySum> Sums);

/// <summary>
/// A history laid out: how it grows by one event at any place in time, or by the history of a contact who turned out to be the
/// same person. <see cref="EventHistory"/> keeps it packed.
/// </summary>
/// <param name="Recent">Oldest first; equal times in order of arrival. Every occurrence in a bucket is as old as these, or older.</param>
/// <param name="Buckets">Oldest first, one for each day that has any.</param>
internal sealed record HistoryLog(
    long Count,
    Instant First,
    Instant Last,
    ImmutableArray<PropertySum> Sums,
    ImmutableArray<Occurrence> Recent,
    ImmutableArray<HistoryBucket> Buckets)
{
    private const int RecentMax = EventHistory.RecentMax;

    /// <summary>With one more occurrence, at its place in time: events may arrive late.</summary>
    public HistoryLog Add(ContactEvent more)
    {
        var occurrence = new Occurrence(more.OccurredAt, PropertySums.NumbersOf(more.Properties));
        var (recent, buckets) = Insert(occurrence);
        return new HistoryLog(
            Count + 1,
            Instant.Min(First, more.OccurredAt),
            Instant.Max(Last, more.OccurredAt),
            PropertySums.Add(Sums, occurrence.Numbers),
            recent,
            buckets);
    }

    /// <summary>Of two contacts who are one person: counts and sums add, earliest first, latest last, occurrences by time.</summary>
    public static HistoryLog Merge(HistoryLog left, HistoryLog right)
    {
        var all = new Occurrence[left.Recent.Length + right.Recent.Length];
        for (int i = 0, l = 0, r = 0; i < all.Length; i++)
        {
            var takesLeft = r == right.Recent.Length || (l < left.Recent.Length && left.Recent[l].At <= right.Recent[r].At);
            all[i] = takesLeft ? left.Recent[l++] : right.Recent[r++];
        }
        var buckets = MergeBuckets(left.Buckets, right.Buckets);
        var spilled = Math.Max(all.Length - RecentMax, 0);
        for (var i = 0; i < spilled; i++)
        {
            buckets = Spill(buckets, all[i]);
        }
        return new HistoryLog(
            left.Count + right.Count,
            Instant.Min(left.First, right.First),
            Instant.Max(left.Last, right.Last),
            PropertySums.Add(left.Sums, right.Sums),
            [.. all.AsSpan(spilled)],
            buckets);
    }

    private (ImmutableArray<Occurrence>, ImmutableArray<HistoryBucket>) Insert(Occurrence occurrence)
    {
        // From the end: nearly every event is the newest.
        var place = Recent.Length;
        while (place > 0 && Recent[place - 1].At > occurrence.At)
        {
            place--;
        }
        var recent = InsertBounded(Recent, place, occurrence, RecentMax);
        return Recent.Length < RecentMax
            ? (recent, Buckets)
            : (recent, Spill(Buckets, place == 0 ? occurrence : Recent[0]));
    }

    private static ImmutableArray<HistoryBucket> Spill(ImmutableArray<HistoryBucket> buckets, Occurrence occurrence)
    {
        var day = DayOf(occurrence.At);
        var place = buckets.Length;
        while (place > 0 && buckets[place - 1].Day > day)
        {
            place--;
        }
        if (place > 0 && buckets[place - 1].Day == day)
        {
            var known = buckets[place - 1];
            return buckets.SetItem(
                place - 1, new HistoryBucket(day, known.Count + 1, PropertySums.Add(known.Sums, occurrence.Numbers)));
        }
        // What falls off stays in the count and the sums for ever; only windows longer than a year can miss it.
        return InsertBounded(buckets, place, new HistoryBucket(day, 1, occurrence.Numbers), EventHistory.BucketsMax);
    }

    private static ImmutableArray<HistoryBucket> MergeBuckets(
        ImmutableArray<HistoryBucket> left, ImmutableArray<HistoryBucket> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return left.IsEmpty ? right : left;
        }
        var merged = ImmutableArray.CreateBuilder<HistoryBucket>(left.Length + right.Length);
        for (int l = 0, r = 0; l < left.Length || r < right.Length;)
        {
            if (r == right.Length || (l < left.Length && left[l].Day < right[r].Day))
            {
                merged.Add(left[l++]);
            }
            else if (l == left.Length || right[r].Day < left[l].Day)
            {
                merged.Add(right[r++]);
            }
            else
            {
                merged.Add(new HistoryBucket(
                    left[l].Day, left[l].Count + right[r].Count, PropertySums.Add(left[l++].Sums, right[r++].Sums)));
            }
        }
        return [.. merged.ToArray().AsSpan(Math.Max(merged.Count - EventHistory.BucketsMax, 0))];
    }

    /// <summary>With one more at its place; of a full list the oldest falls off, and that may be the new one.</summary>
    private static ImmutableArray<T> InsertBounded<T>(ImmutableArray<T> sorted, int place, T item, int max)
    {
        if (sorted.Length < max || place == 0)
        {
            return sorted.Length < max ? sorted.Insert(place, item) : sorted;
        }
        var shifted = new T[max];
        sorted.AsSpan(1, place - 1).CopyTo(shifted);
        shifted[place - 1] = item;
        sorted.AsSpan(place, max - place).CopyTo(shifted.AsSpan(place));
        return ImmutableCollectionsMarshal.AsImmutableArray(shifted);
    }

    private static int DayOf(Instant moment)
    {
        var days = (moment - NodaConstants.UnixEpoch).Days;
        return EventHistory.StartOf(days) > moment ? days - 1 : days; // Days counts towards zero, also before 1970.
    }
}
