using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>
/// Reads a packed history from front to back: the totals at once, then the sums, the buckets and the occurrences, each to be
/// stepped through before the next. Bytes that are no history throw <see cref="FormatException"/>.
/// </summary>
internal ref struct HistoryWalk
{
    private readonly long _firstMilliseconds;
    private ByteCursor _cursor;
    private int _bucketsLeft;
    private int _day;
    private long _milliseconds;

    public HistoryWalk(ReadOnlySpan<byte> packed)
    {
        _cursor = new ByteCursor(packed);
        Count = _cursor.Zigzag();
        FirstTicks = Time();
        _firstMilliseconds = _milliseconds;
        LastTicks = Time();
        RecentLeft = _cursor.Count();
        SumsLeft = _cursor.Count();
    }

    public long Count { get; }

    /// <summary>100 ns since 1970, as all times here.</summary>
    public long FirstTicks { get; }

    public long LastTicks { get; }

    public readonly Instant First => Instant.FromUnixTimeTicks(FirstTicks);

    public readonly Instant Last => Instant.FromUnixTimeTicks(LastTicks);

    /// <summary>Occurrences that were not stepped through yet.</summary>
    public int RecentLeft { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public readonly int At => _cursor.Position;

    public readonly bool AtEnd => _cursor.AtEnd;

    /// <summary>Properties whose sum was not stepped through yet.</summary>
    public int SumsLeft { get; private set; }

    public bool NextSum(out ReadOnlySpan<byte> property, out decimal sum)
    {
        if (SumsLeft == 0)
        {
            property = default;
            sum = 0;
            _bucketsLeft = _cursor.Count();
            return false;
        }
        SumsLeft--;
        property = _cursor.Bytes();
        sum = PropertyBytes.ReadDecimal(ref _cursor);
        return true;
    }

    /// <summary>Steps over all sums. Returns the place of a property among them and its sum, or -1 and 0.</summary>
    public int FindSum(string property, out decimal sum)
    {
        var (place, found) = (0, -1);
        sum = 0;
        while (NextSum(out var name, out var next))
        {
            if (found < 0 && Utf8Text.Is(name, property))
            {
                (found, sum) = (place, next);
            }
            place++;
        }
        return found;
    }

    public void SkipSums()
    {
        for (; SumsLeft > 0; SumsLeft--)
        {
            _cursor.Bytes();
            PropertyBytes.SkipDecimal(ref _cursor);
        }
        _bucketsLeft = _cursor.Count();
    }

    /// <summary>After the sums.</summary>
    public bool NextBucket(out int day, out int count, out ReadOnlySpan<byte> numbers)
    {
        if (_bucketsLeft == 0)
        {
            (day, count) = (0, 0);
            numbers = default;
            _milliseconds = _firstMilliseconds;
            return false;
        }
        _bucketsLeft--;
        _day += _cursor.Int();
        (day, count) = (_day, _cursor.Int());
        numbers = _cursor.Bytes();
        return true;
    }

    /// <summary>After the last bucket.</summary>
    public bool NextOccurrence(out long ticks, out ReadOnlySpan<byte> numbers)
    {
        if (RecentLeft == 0)
        {
            ticks = 0;
            numbers = default;
            return false;
        }
        RecentLeft--;
        ticks = Time();
        numbers = _cursor.Bytes();
        return true;
    }

    /// <summary>Steps over sums and buckets, to the first occurrence.</summary>
    public void SkipToOccurrences()
    {
        SkipSums();
        while (NextBucket(out _, out _, out _))
        {
        }
    }

    /// <summary>The number of one property, by its place among the sums, in an occurrence or a bucket; 0 where it is missing.</summary>
    public static decimal Number(ReadOnlySpan<byte> numbers, int property)
    {
        if (numbers.IsEmpty || property < 0)
        {
            return 0;
        }
        var cursor = new ByteCursor(numbers);
        var present = cursor.Varint();
        if ((present >> property & 1) == 0)
        {
            return 0;
        }
        for (var i = 0; i < property; i++)
        {
            if ((present >> i & 1) != 0)
            {
                PropertyBytes.SkipDecimal(ref cursor);
            }
        }
        return PropertyBytes.ReadDecimal(ref cursor);
    }

    // Each time counts from the one before it; see HistoryBytes.AppendTime.
    private long Time()
    {
        var coded = _cursor.Zigzag();
        _milliseconds += coded >> 1;
        return (_milliseconds * NodaConstants.TicksPerMillisecond) + ((coded & 1) == 0 ? 0 : _cursor.Zigzag());
    }
}
