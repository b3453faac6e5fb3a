using System.Globalization;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary><c>timespan</c>, and the members of time spans and dates.</summary>
internal static class TimeSpanFunctions
{
    public static ScriptObject Create()
    {
        var target = new ScriptObject { { "zero", new Value(TimeSpan.Zero) } };
        target.Add("from_days", "days", static (r, a) => Of(r, a, TimeSpan.TicksPerDay));
        target.Add("from_hours", "hours", static (r, a) => Of(r, a, TimeSpan.TicksPerHour));
        target.Add("from_minutes", "minutes", static (r, a) => Of(r, a, TimeSpan.TicksPerMinute));
        target.Add("from_seconds", "seconds", static (r, a) => Of(r, a, TimeSpan.TicksPerSecond));
        target.Add("from_milliseconds", "millis", static (r, a) => Of(r, a, TimeSpan.TicksPerMillisecond));
        target.Add("parse", "text", static (r, a) => TimeSpan.TryParse(r.TextAt(a, 0), CultureInfo.InvariantCulture, out var span)
            ? new Value(span)
            : a[0].IsNull ? Value.Null : throw r.At(0).Fault("Expected a time span, but the text is none."));
        return target.Seal();
    }

    public static bool TryMember(TimeSpan span, string name, out Value value)
    {
        Value? found = name switch
        {
            "days" => new Value(span.Days),
            "hours" => new Value(span.Hours),
            "minutes" => new Value(span.Minutes),
            "seconds" => new Value(span.Seconds),
            "milliseconds" => new Value(span.Milliseconds),
            "ticks" => new Value(span.Ticks),
            "total_days" => new Value(span.TotalDays),
            "total_hours" => new Value(span.TotalHours),
            "total_minutes" => new Value(span.TotalMinutes),
            "total_seconds" => new Value(span.TotalSeconds),
            "total_milliseconds" => new Value(span.TotalMilliseconds),
            _ => null,
        };
        value = found ?? Value.Null;
        return found is not null;
    }

    private static Value Of(Rendering r, ReadOnlySpan<Value> a, long ticks)
    {
        var total = r.NumberAt(a, 0) * ticks;
        return Math.Abs(total) < long.MaxValue
            ? new Value(new TimeSpan((long)Math.Round(total)))
            : throw new Fault("Expected a shorter time span, but this one cannot be counted.");
    }
}

internal static class DateMembers
{
    public static bool TryGet(DateTimeOffset date, string name, out Value value)
    {
        Value? found = name switch
        {
            "year" => new Value(date.Year),
            "month" => new Value(date.Month),
            "day" => new Value(date.Day),
            "hour" => new Value(date.Hour),
            "minute" => new Value(date.Minute),
            "second" => new Value(date.Second),
            "millisecond" => new Value(date.Millisecond),
            "day_of_year" => new Value(date.DayOfYear),
            "day_of_week" => new Value(date.DayOfWeek.ToString()),
            "date" => new Value(new DateTimeOffset(date.Date, date.Offset)),
            "time_of_day" => new Value(date.TimeOfDay),
            "ticks" => new Value(date.Ticks),
            _ => null,
        };
        value = found ?? Value.Null;
        return found is not null;
    }
}
