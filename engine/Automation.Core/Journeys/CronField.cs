using System.Collections.Immutable;
using System.Globalization;

namespace Automation.Core.Journeys;

/// <summary>One of the five fields of a calendar: which values it allows. Lists, ranges, steps and names.</summary>
internal sealed class CronField
{
    private readonly FieldRange _range;
    private ulong _allowed;

    private CronField(FieldRange range) => _range = range;

    /// <summary>Whether it was written <c>*</c> or <c>?</c>, or allows everything: then it restricts nothing.</summary>
    public bool IsOpen => _allowed == All(_range);

    public bool Allows(int value) => (_allowed >> value & 1) != 0;

    public IEnumerable<int> Values => Enumerable.Range(_range.Min, _range.Max - _range.Min + 1).Where(Allows);

    /// <summary>The smallest allowed value at or above <paramref name="from"/>; −1 when there is none.</summary>
    public int AtOrAfter(int from)
    {
        for (var value = from; value <= _range.Max; value++)
        {
            if (Allows(value))
            {
                return value;
            }
        }
        return -1;
    }

    public static CronField? Parse(string text, FieldRange range, out string problem)
    {
        var field = new CronField(range);
        foreach (var part in text.Split(','))
        {
            if (!field.Add(part))
            {
                problem = $"Expected {range.Word} such as {range.Example}, but found \"{text}\".";
                return null;
            }
        }
        problem = "";
        return field;
    }

    private bool Add(string part)
    {
        var (span, step) = (part, 1);
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            span = part[..slash];
            if (!TryWhole(part[(slash + 1)..], out step) || step < 1 || step > _range.Max)
            {
                return false;
            }
        }
        if (!TrySpan(span, openEnd: slash >= 0, out var from, out var to))
        {
            return false;
        }
        for (var value = from; value <= to; value += step)
        {
            // Sunday is 0 and 7.
            _allowed |= 1UL << (_range.SevenIsZero && value == 7 ? 0 : value);
        }
        return true;
    }

    private bool TrySpan(string span, bool openEnd, out int from, out int to)
    {
        (from, to) = (_range.Min, _range.Max);
        if (span == "*" || (span == "?" && _range.MayBeQuestion && !openEnd))
        {
            return true;
        }
        var dash = span.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            var isValue = TryValue(span, out from);
            to = openEnd ? _range.Max : from;
            return isValue;
        }
        return TryValue(span[..dash], out from) && TryValue(span[(dash + 1)..], out to) && from <= to;
    }

    private bool TryValue(string text, out int value)
    {
        var name = _range.Names.FindIndex(candidate => string.Equals(candidate, text, StringComparison.OrdinalIgnoreCase));
        if (name >= 0)
        {
            value = name + _range.Min;
            return true;
        }
        return TryWhole(text, out value) && value >= _range.Min && value <= (_range.SevenIsZero ? 7 : _range.Max);
    }

    private static bool TryWhole(string text, out int whole) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out whole);

    private static ulong All(FieldRange range) => ((1UL << (range.Max - range.Min + 1)) - 1) << range.Min;
}

/// <summary>What one field of a calendar may hold.</summary>
/// <param name="Word">What it is called in a sentence.</param>
/// <param name="Names">Names for the values from <paramref name="Min"/> on.</param>
internal sealed record FieldRange(string Word, string Example, int Min, int Max, ImmutableList<string> Names)
{
    public static readonly FieldRange Minute = new("a minute", "0, */15 or 0-29", 0, 59, []);

    public static readonly FieldRange Hour = new("an hour", "9, 9-17 or */2", 0, 23, []);

    public static readonly FieldRange Day = new("a day of the month", "1, 1,15 or ?", 1, 31, []) { MayBeQuestion = true };

    public static readonly FieldRange Month = new("a month", "1, 3-5 or jan", 1, 12,
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]);

    public static readonly FieldRange Weekday = new("a day of the week", "1, mon-fri or ?", 0, 6,
        ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]) { MayBeQuestion = true, SevenIsZero = true };

    public bool MayBeQuestion { get; init; }

    public bool SevenIsZero { get; init; }
}
