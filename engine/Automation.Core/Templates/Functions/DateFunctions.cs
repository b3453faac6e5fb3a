using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary><c>date</c>. The clock is that of the render, and every date is in UTC.</summary>
internal static class DateFunctions
{
    public static ScriptObject Create()
    {
        var target = new ScriptObject { { "format", new Value("%d %b %Y") } };
        target.Add("default_format", new Value("%d %b %Y"));
        target.Add("now", string.Empty, static (r, _) => new Value(r.Now.ToDateTimeOffset()));
        target.Add("utc_now", string.Empty, static (r, _) => new Value(r.Now.ToDateTimeOffset()));
        AddSteps(target);
        target.Add("parse", "text pattern? culture?", static (r, a) => Parse(r, a));
        target.Add(
            "parse_to_string",
            "text pattern? input_pattern? input_culture? output_culture?",
            static (r, a) => ParseToString(r, a));
        target.Add("to_string", "datetime pattern culture?", static (r, a) => ToText(r, a));
        return target.Seal();
    }

    private static void AddSteps(ScriptObject target)
    {
        target.Add("add_days", "date days", static (r, a) => Step(r, a, static (date, by) => date.AddDays(by)));
        target.Add("add_months", "date months", static (r, a) => Step(r, a, static (date, by) => date.AddMonths((int)by)));
        target.Add("add_years", "date years", static (r, a) => Step(r, a, static (date, by) => date.AddYears((int)by)));
        target.Add("add_hours", "date hours", static (r, a) => Step(r, a, static (date, by) => date.AddHours(by)));
        target.Add("add_minutes", "date minutes", static (r, a) => Step(r, a, static (date, by) => date.AddMinutes(by)));
        target.Add("add_seconds", "date seconds", static (r, a) => Step(r, a, static (date, by) => date.AddSeconds(by)));
        target.Add("add_milliseconds", "date millis", static (r, a) => Step(r, a, static (date, by) => date.AddMilliseconds(by)));
    }

    private static Value Step(Rendering r, ReadOnlySpan<Value> a, Func<DateTimeOffset, double, DateTimeOffset> step)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var date = DateAt(r, a);
        try
        {
            return new Value(step(date, r.NumberAt(a, 1)));
        }
        catch (Exception failed) when (failed is ArgumentException or OverflowException)
        {
            throw new Fault("Expected a date between the years 1 and 9999, but the result lies outside.");
        }
    }

    private static DateTimeOffset DateAt(Rendering r, ReadOnlySpan<Value> a) => a[0].Kind == ValueKind.Date
        ? a[0].Date
        : throw r.At(0).Fault($"Expected a date, but found {Kinds.Name(a[0])}.");

    private static Value ToText(Rendering r, ReadOnlySpan<Value> a)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var date = DateAt(r, a);
        var pattern = Rendering.IsGiven(a, 1) ? r.TextAt(a, 1)! : r.ToText(r.DateFormat);
        var culture = r.CultureAt(a, 2);
        var mark = r.BeginCapture(keepIndent: false);
        DatePattern.Write(r.Output, date, pattern, culture);
        return r.Built(r.EndCapture(mark));
    }

    private static Value Parse(Rendering r, ReadOnlySpan<Value> a)
    {
        var text = a[0].Kind == ValueKind.Date ? null : r.TextAt(a, 0);
        if (a[0].Kind == ValueKind.Date)
        {
            return a[0];
        }

        return string.IsNullOrEmpty(text)
            ? Value.Null
            : new Value(DateReader.Read(text, r.TextAt(a, 1), r.CultureAt(a, 2)));
    }

    private static Value ParseToString(Rendering r, ReadOnlySpan<Value> a)
    {
        var text = r.TextAt(a, 0);
        if (string.IsNullOrEmpty(text))
        {
            return Value.Null;
        }

        var date = DateReader.Read(text, r.TextAt(a, 2), r.CultureAt(a, 3));
        var mark = r.BeginCapture(keepIndent: false);
        var pattern = Rendering.IsGiven(a, 1) ? r.TextAt(a, 1) : r.ToText(r.DateFormat);
        DatePattern.Write(r.Output, date, pattern, r.CultureAt(a, 4));
        return r.Built(r.EndCapture(mark));
    }
}
