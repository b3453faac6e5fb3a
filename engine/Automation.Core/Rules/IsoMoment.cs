using NodaTime;

namespace Automation.Core.Rules;

/// <summary>
/// A date or date-time as ISO 8601 writes it: <c>2026-03-01</c>, <c>2026-03-01T20:30</c>, with seconds, fractions and an
/// offset if it has them. Read by hand, because rules read property values on the hot path and NodaTime's patterns allocate.
/// </summary>
internal readonly record struct IsoMoment(LocalDateTime Local, Offset? Offset)
{
    // 9999 is left out: with an offset it may lie behind the end of time.
    private const int YearMax = 9998;

    /// <summary>Without an offset it is local: a date begins at the start of the day in the zone.</summary>
    public Instant In(DateTimeZone zone)
    {
        if (Offset is { } offset)
        {
            return Local.WithOffset(offset).ToInstant();
        }
        // Where no change of clocks is near, the answer needs no mapping object.
        var near = Local.WithOffset(NodaTime.Offset.Zero).ToInstant();
        var before = zone.GetUtcOffset(near - Duration.FromDays(1));
        return before == zone.GetUtcOffset(near + Duration.FromDays(1))
            ? near - Duration.FromSeconds(before.Seconds)
            : Local.InZoneLeniently(zone).ToInstant();
    }

    public static bool TryParse(ReadOnlySpan<char> text, out IsoMoment moment)
    {
        moment = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)
            || year is < 1 or > YearMax || month is < 1 or > 12
            || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
        {
            return false;
        }
        var date = new LocalDate(year, month, day);
        if (text.Length == 10)
        {
            moment = new IsoMoment(date.AtMidnight(), null);
            return true;
        }
        return text[10] is 'T' or 't' or ' ' && TryTime(text[11..], date, out moment);
    }

    private static bool TryTime(ReadOnlySpan<char> text, LocalDate date, out IsoMoment moment)
    {
        moment = default;
        if (text.Length < 5 || text[2] != ':' || !Digits(text[..2], out var hour) || !Digits(text[3..5], out var minute)
            || hour > 23 || minute > 59)
        {
            return false;
        }
        text = text[5..];
        var second = 0;
        var nanos = 0L;
        if (text.Length >= 3 && text[0] == ':')
        {
            if (!Digits(text[1..3], out second) || second > 59)
            {
                return false;
            }
            text = text[3..];
            if (text.Length > 0 && text[0] is '.' or ',' && !TryFraction(ref text, out nanos))
            {
                return false;
            }
        }
        if (!TryOffset(text, out var offset))
        {
            return false;
        }
        moment = new IsoMoment(date.At(new LocalTime(hour, minute, second)).PlusNanoseconds(nanos), offset);
        return true;
    }

    // Digits beyond the ninth are finer than any clock here and are dropped.
    private static bool TryFraction(ref ReadOnlySpan<char> text, out long nanos)
    {
        nanos = 0;
        var length = 1;
        for (var scale = 100_000_000L; length < text.Length && char.IsAsciiDigit(text[length]); length++, scale /= 10)
        {
            nanos += (text[length] - '0') * scale;
        }
        text = text[length..];
        return length > 1;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out Offset? offset)
    {
        offset = null;
        if (text.IsEmpty)
        {
            return true;
        }
        if (text is "Z" or "z")
        {
            offset = NodaTime.Offset.Zero;
            return true;
        }
        var minutes = 0;
        var rest = text.Length switch
        {
            3 => true,
            5 => Digits(text[3..5], out minutes),
            6 => text[3] == ':' && Digits(text[4..6], out minutes),
            _ => false,
        };
        if (!rest || text[0] is not ('+' or '-') || !Digits(text[1..3], out var hours) || hours > 17 || minutes > 59)
        {
            return false;
        }
        var seconds = (hours * 3600) + (minutes * 60);
        offset = NodaTime.Offset.FromSeconds(text[0] == '-' ? -seconds : seconds);
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var letter in text)
        {
            if (!char.IsAsciiDigit(letter))
            {
                return false;
            }
            number = (number * 10) + (letter - '0');
        }
        return true;
    }
}
