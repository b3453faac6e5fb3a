using NodaTime;
using NodaTime.TimeZones;

namespace Automation.Core.Journeys;

/// <summary>
/// A calendar of five cron fields: minute, hour, day of month, month, day of week, with lists, ranges, steps, names and
/// <c>?</c>. At most one of the two day fields may restrict: Unix joins them with "or", Quartz with "and", and people mean either.
/// Each local time comes once: one that a zone change skips comes at the change, one that it repeats comes the first time.
/// </summary>
public sealed class Cron
{
    // 29 February can be eight years away, around 2100.
    private const int SearchYears = 9;

    private static readonly ZoneLocalMappingResolver OnceEach =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly CronField _minute;
    private readonly CronField _hour;
    private readonly CronField _day;
    private readonly CronField _month;
    private readonly CronField _weekday;

    private Cron(string text, CronField minute, CronField hour, CronField day, CronField month, CronField weekday)
    {
        Text = text;
        (_minute, _hour, _day, _month, _weekday) = (minute, hour, day, month, weekday);
    }

    public string Text { get; }

    /// <summary>Null when the text is a calendar, or a sentence that says why it is none.</summary>
    public static string? Validate(string text) => TryParse(text, out _, out var problem) ? null : problem;

    /// <summary>Only for texts that a reader has accepted.</summary>
    public static Cron Parse(string text) => TryParse(text, out var cron, out var problem) ? cron : throw new FormatException(problem);

    public static bool TryParse(
        string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Cron? cron, out string problem)
    {
        cron = null;
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            problem = $"Expected five fields (minute, hour, day of month, month, day of week), but found {fields.Length}.";
            return false;
        }
        if (CronField.Parse(fields[0], FieldRange.Minute, out problem) is not { } minute
            || CronField.Parse(fields[1], FieldRange.Hour, out problem) is not { } hour
            || CronField.Parse(fields[2], FieldRange.Day, out problem) is not { } day
            || CronField.Parse(fields[3], FieldRange.Month, out problem) is not { } month
            || CronField.Parse(fields[4], FieldRange.Weekday, out problem) is not { } weekday)
        {
            return false;
        }
        if (!day.IsOpen && !weekday.IsOpen)
        {
            problem = "Expected * or ? for the day of the month or for the day of the week, but both are restricted.";
            return false;
        }
        var parsed = new Cron(text, minute, hour, day, month, weekday);
        // 2096 is the leap year before the longest gap without one.
        if (parsed.Next(new LocalDateTime(2096, 3, 1, 0, 0)) is null)
        {
            problem = "Expected a day that exists, but no month of these has such a day.";
            return false;
        }
        cron = parsed;
        return true;
    }

    /// <summary>The first moment after the given one, or null when the calendar ends before.</summary>
    public Instant? Next(Instant after, DateTimeZone zone)
    {
        // Around a change of the clocks the next local time can be one that has been; then the one after it counts.
        for (var local = Next(after.InZone(zone).LocalDateTime); local is { } time; local = Next(time))
        {
            var moment = time.InZone(zone, OnceEach).ToInstant();
            if (moment > after)
            {
                return moment;
            }
        }
        return null;
    }

    /// <summary>The first local time after the given one, or null when there is none for years.</summary>
    public LocalDateTime? Next(LocalDateTime after)
    {
        // Whole minutes from the next one on.
        var from = after.PlusMinutes(1);
        var date = from.Date;
        var (hour, minute) = (from.Hour, from.Minute);
        for (var end = date.PlusYears(SearchYears); date < end; date = date.PlusDays(1), hour = 0, minute = 0)
        {
            if (!_month.Allows(date.Month))
            {
                // To the last day of the month; the loop steps over it.
                date = date.With(DateAdjusters.EndOfMonth);
            }
            else if (Matches(date) && TimeFrom(hour, minute) is { } time)
            {
                return date.At(time);
            }
        }
        return null;
    }

    /// <summary>
    /// The same calendar for Quartz: six fields with seconds, days of the week by name because Quartz counts them from 1, and
    /// <c>?</c> in the day field that does not restrict.
    /// </summary>
    public string ToQuartz()
    {
        var weekday = _weekday.IsOpen
            ? "?"
            : string.Join(',', _weekday.Values.Select(value => FieldRange.Weekday.Names[value].ToUpperInvariant()));
        var day = _weekday.IsOpen ? Write(_day) : "?";
        return $"0 {Write(_minute)} {Write(_hour)} {day} {Write(_month)} {weekday}";
    }

    private bool Matches(LocalDate date) => _day.Allows(date.Day) && _weekday.Allows((int)date.DayOfWeek % 7);

    private LocalTime? TimeFrom(int hour, int minute)
    {
        var h = _hour.AtOrAfter(hour);
        if (h == hour && _minute.AtOrAfter(minute) is var m and >= 0)
        {
            return new LocalTime(h, m);
        }
        h = h == hour ? _hour.AtOrAfter(hour + 1) : h;
        return h < 0 ? null : new LocalTime(h, _minute.AtOrAfter(0));
    }

    private static string Write(CronField field) => field.IsOpen ? "*" : string.Join(',', field.Values);
}
