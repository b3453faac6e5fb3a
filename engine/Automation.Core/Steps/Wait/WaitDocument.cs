using Automation.Core.Journeys.Documents;
using Automation.Core.Journeys.Linting;
using NodaTime;

namespace Automation.Core.Steps.Wait;

/// <summary><c>{"for": "3d", "until": {"time": "10:00", "days": ["mon"], "date": "contact.expires_on", "offset": "-3d"}}</c>.</summary>
internal static class WaitDocument
{
    public static WaitNode Read(ObjectReader reader, string id)
    {
        if (!reader.Has("for") && !reader.Has("until"))
        {
            reader.Findings.Add(LintCodes.MissingProperty, reader.Pointer, "Expected \"for\" or \"until\", but both are missing.");
        }
        return new WaitNode(id, reader.OptionalSpan("for"), ReadUntil(reader.Object("until")), reader.Next());
    }

    public static void Write(DocumentWriter writer, WaitNode node)
    {
        writer.Span("for", node.For);
        if (node.Until is { } until)
        {
            writer.Open("until");
            writer.Time("time", until.Time);
            writer.Texts("days", [.. until.Days.Select(day => TimeText.Days.First(word => word.Day == day).Word)]);
            writer.Text("date", until.Date);
            writer.Span("offset", until.Offset == Duration.Zero ? null : until.Offset);
            writer.Close();
        }
        writer.Text("next", node.Next);
    }

    private static WaitUntil? ReadUntil(ObjectReader? reader)
    {
        if (reader is null)
        {
            return null;
        }
        if (!reader.Has("time") && !reader.Has("days") && !reader.Has("date"))
        {
            reader.Findings.Add(LintCodes.MissingProperty, reader.Pointer, "Expected \"time\", \"days\" or \"date\", but all are missing.");
        }
        if (reader.Has("offset") && !reader.Has("date"))
        {
            reader.Findings.Add(LintCodes.ConflictingKeys, reader.At("offset"), "Expected offset beside a date, but there is no date.");
        }
        var until = new WaitUntil(
            reader.OptionalTime("time"),
            [.. reader.Items("days", TimeText.Days.Length).Select(day => reader.ChoiceOf(day.Element, day.Pointer, TimeText.Days))],
            reader.OptionalText("date"),
            reader.OptionalSpan("offset", Duration.MinValue) ?? Duration.Zero);
        reader.Done();
        return until;
    }
}
