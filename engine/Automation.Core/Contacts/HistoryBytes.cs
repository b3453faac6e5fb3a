using System.Collections.Immutable;
using System.Text;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>
/// A history as bytes: count, first and last time, number of occurrences; each numeric property with its sum; the buckets; the
/// occurrences, oldest first. Times are whole milliseconds after the one before them (the first after 1970, the oldest occurrence after the
/// first time), with a bit that says whether a fraction of a millisecond follows. Numbers are preceded by their length in
/// bytes, and say by a bit for each of those properties which of them are there. The same history always gives the same bytes.
/// </summary>
internal static class HistoryBytes
{
    // Encoding needs room for a moment; it never leaves this class.
    [ThreadStatic]
    private static ByteBuffer? _scratch;

    [ThreadStatic]
    private static ByteBuffer? _numbers;

    public static byte[] Pack(HistoryLog log)
    {
        var to = Cleared(ref _scratch);
        to.AppendZigzag(log.Count);
        var at = AppendTime(to, log.First, 0);
        AppendTime(to, log.Last, at);
        to.AppendVarint((ulong)log.Recent.Length);
        to.AppendVarint((ulong)log.Sums.Length);
        foreach (var sum in log.Sums)
        {
            to.AppendText(sum.Property);
            PropertyBytes.AppendDecimal(to, sum.Sum);
        }
        to.AppendVarint((ulong)log.Buckets.Length);
        var day = 0;
        foreach (var bucket in log.Buckets)
        {
            to.AppendZigzag(bucket.Day - day);
            to.AppendZigzag(bucket.Count);
            AppendNumbers(to, bucket.Sums, log.Sums);
            day = bucket.Day;
        }
        foreach (var occurrence in log.Recent)
        {
            at = AppendTime(to, occurrence.At, at);
            AppendNumbers(to, occurrence.Numbers, log.Sums);
        }
        return to.Written.ToArray();
    }

    /// <summary>As <see cref="Pack"/> of the log with this one event, but without making that log: most names are new to most contacts.</summary>
    public static byte[] First(ContactEvent first)
    {
        var numbers = PropertySums.NumbersOf(first.Properties);
        var to = Cleared(ref _scratch);
        to.AppendZigzag(1);
        var at = AppendTime(to, first.OccurredAt, 0);
        AppendTime(to, first.OccurredAt, at);
        to.AppendVarint(1);
        to.AppendVarint((ulong)numbers.Length);
        foreach (var number in numbers)
        {
            to.AppendText(number.Property);
            PropertyBytes.AppendDecimal(to, number.Sum);
        }
        to.AppendVarint(0);
        AppendTime(to, first.OccurredAt, at);
        AppendNumbers(to, numbers, numbers);
        return to.Written.ToArray();
    }

    /// <summary>
    /// With one more, without unpacking: for nearly every event, which is the newest and brings the numbers that are known, in
    /// their order. Null for any other.
    /// </summary>
    public static byte[]? Appended(ReadOnlySpan<byte> packed, ContactEvent more)
    {
        var walk = new HistoryWalk(packed);
        var numbers = PropertySums.NumbersOf(more.Properties);
        if (more.OccurredAt.ToUnixTimeTicks() < walk.LastTicks || walk.RecentLeft >= EventHistory.RecentMax || walk.SumsLeft != numbers.Length)
        {
            return null;
        }
        var to = Cleared(ref _scratch);
        to.AppendZigzag(walk.Count + 1);
        var at = AppendTime(to, walk.First, 0);
        AppendTime(to, more.OccurredAt, at);
        to.AppendVarint((ulong)walk.RecentLeft + 1);
        to.AppendVarint((ulong)numbers.Length);
        foreach (var number in numbers)
        {
            walk.NextSum(out var property, out var sum);
            if (!Utf8Text.Is(property, number.Property))
            {
                return null;
            }
            to.AppendText(number.Property);
            PropertyBytes.AppendDecimal(to, PropertySums.Plus(sum, number.Sum));
        }
        to.Append(packed[walk.At..]);
        AppendTime(to, more.OccurredAt, WholeMilliseconds(walk.LastTicks));
        AppendNumbers(to, numbers, numbers);
        return to.Written.ToArray();
    }

    public static HistoryLog Unpack(ReadOnlySpan<byte> packed)
    {
        var walk = new HistoryWalk(packed);
        var sums = ImmutableArray.CreateBuilder<PropertySum>(walk.SumsLeft);
        while (walk.NextSum(out var property, out var sum))
        {
            sums.Add(new PropertySum(Encoding.UTF8.GetString(property), sum));
        }
        var buckets = ImmutableArray.CreateBuilder<HistoryBucket>();
        while (walk.NextBucket(out var day, out var count, out var numbers))
        {
            buckets.Add(new HistoryBucket(day, count, Numbers(numbers, sums)));
        }
        var recent = ImmutableArray.CreateBuilder<Occurrence>(walk.RecentLeft);
        while (walk.NextOccurrence(out var ticks, out var numbers))
        {
            recent.Add(new Occurrence(Instant.FromUnixTimeTicks(ticks), Numbers(numbers, sums)));
        }
        return new HistoryLog(walk.Count, walk.First, walk.Last, sums.ToImmutable(), recent.ToImmutable(), buckets.ToImmutable());
    }

    /// <summary>From a store. Walks through them once, so that damaged bytes are found here and not by a rule.</summary>
    public static byte[] Read(ReadOnlySpan<byte> packed)
    {
        var walk = new HistoryWalk(packed);
        walk.SkipToOccurrences();
        while (walk.NextOccurrence(out _, out _))
        {
        }
        return walk.AtEnd ? packed.ToArray() : throw new FormatException("Expected the history to end here, but more bytes follow.");
    }

    private static void AppendNumbers(ByteBuffer to, ImmutableArray<PropertySum> numbers, ImmutableArray<PropertySum> sums)
    {
        if (numbers.IsEmpty)
        {
            to.Append(0);
            return;
        }
        var present = 0UL;
        for (var i = 0; i < sums.Length; i++)
        {
            present |= PropertySums.IndexOf(numbers.AsSpan(), sums[i].Property) >= 0 ? 1UL << i : 0;
        }
        var bytes = Cleared(ref _numbers);
        bytes.AppendVarint(present);
        for (var i = 0; i < sums.Length; i++)
        {
            if ((present >> i & 1) != 0)
            {
                PropertyBytes.AppendDecimal(bytes, PropertySums.Find(numbers, sums[i].Property));
            }
        }
        to.AppendVarint((ulong)bytes.Length);
        to.Append(bytes.Written);
    }

    private static ImmutableArray<PropertySum> Numbers(ReadOnlySpan<byte> packed, ImmutableArray<PropertySum>.Builder sums)
    {
        if (packed.IsEmpty)
        {
            return [];
        }
        var cursor = new ByteCursor(packed);
        var present = cursor.Varint();
        var numbers = ImmutableArray.CreateBuilder<PropertySum>();
        for (var i = 0; i < sums.Count; i++)
        {
            if ((present >> i & 1) != 0)
            {
                numbers.Add(new PropertySum(sums[i].Property, PropertyBytes.ReadDecimal(ref cursor)));
            }
        }
        return numbers.ToImmutable();
    }

    /// <summary>Returns its whole milliseconds, from which the next one counts.</summary>
    private static long AppendTime(ByteBuffer to, Instant time, long origin)
    {
        var ticks = time.ToUnixTimeTicks();
        var milliseconds = WholeMilliseconds(ticks);
        var fraction = ticks - (milliseconds * NodaConstants.TicksPerMillisecond);
        to.AppendZigzag(((milliseconds - origin) << 1) | (fraction == 0 ? 0L : 1L));
        if (fraction != 0)
        {
            to.AppendZigzag(fraction);
        }
        return milliseconds;
    }

    private static long WholeMilliseconds(long ticks) => ticks / NodaConstants.TicksPerMillisecond;

    private static ByteBuffer Cleared(ref ByteBuffer? buffer)
    {
        buffer ??= new ByteBuffer(256);
        buffer.Clear();
        return buffer;
    }
}
