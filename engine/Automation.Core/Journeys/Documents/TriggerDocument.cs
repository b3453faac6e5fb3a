using Automation.Core.Journeys.Linting;
using NodaTime;

namespace Automation.Core.Journeys.Documents;

/// <summary>The trigger's part of a journey document; <c>on</c> names the case.</summary>
internal static class TriggerDocument
{
    private const int OccurrenceMax = 1_000_000;

    private static readonly (string, TagChange)[] TagChanges = [("added", TagChange.Added), ("removed", TagChange.Removed)];

    private static readonly (string, SegmentChange)[] SegmentChanges =
        [("entered", SegmentChange.Entered), ("left", SegmentChange.Left)];

    private static readonly (string, KeywordMatch)[] Matches =
        [("equals", KeywordMatch.Equals), ("contains", KeywordMatch.Contains), ("starts_with", KeywordMatch.StartsWith)];

    public static Trigger Read(ObjectReader? reader)
    {
        if (reader is null)
        {
            return new Trigger.OnManual();
        }
        var on = reader.Text("on");
        Trigger? trigger = on switch
        {
            "event" => new Trigger.OnEvent(reader.Text("event"), reader.Rule("where"), reader.OptionalWhole("occurrence", 1, OccurrenceMax)),
            "dormant" => new Trigger.OnDormant(reader.Span("for"), reader.Texts("activity")),
            "not_done" => new Trigger.OnNotDone(Pattern(reader, "did"), Pattern(reader, "but_not"), reader.Span("within")),
            "tag" => new Trigger.OnTag(reader.Text("tag"), reader.Choice("change", TagChanges, TagChange.Added)),
            "segment" => new Trigger.OnSegment(
                reader.Text("segment"), reader.Choice("change", SegmentChanges, SegmentChange.Entered)),
            "date" => new Trigger.OnDate(
                Attribute(reader), reader.OptionalSpan("offset", Duration.MinValue) ?? Duration.Zero,
                reader.OptionalTime("at") ?? LocalTime.Midnight, reader.Flag("yearly")),
            "schedule" => new Trigger.OnSchedule(Calendar(reader)),
            "keyword" => new Trigger.OnKeyword(
                reader.Texts("keywords", required: true), reader.Choice("match", Matches, KeywordMatch.Equals), reader.OptionalText("channel")),
            "manual" => new Trigger.OnManual(),
            _ => null,
        };
        if (trigger is null && on.Length == 0)
        {
            return new Trigger.OnManual();
        }
        if (trigger is null)
        {
            reader.Findings.Add(LintCodes.UnknownTrigger, reader.At("on"),
                "Expected event, dormant, not_done, tag, segment, date, schedule, keyword or manual, "
                + $"but found {Found.Quote(on)}.");
            return new Trigger.OnManual();
        }
        reader.Done();
        return trigger;
    }

    public static void Write(DocumentWriter writer, Trigger trigger)
    {
        writer.Open("trigger");
        switch (trigger)
        {
            case Trigger.OnEvent on:
                writer.Text("on", "event");
                writer.Text("event", on.Event);
                writer.Rule("where", on.Where);
                if (on.Occurrence is { } occurrence)
                {
                    writer.Number("occurrence", occurrence);
                }
                break;
            case Trigger.OnDormant on:
                writer.Text("on", "dormant");
                writer.Span("for", on.For);
                writer.Texts("activity", on.Activity);
                break;
            case Trigger.OnNotDone on:
                writer.Text("on", "not_done");
                Pattern(writer, "did", on.Did);
                Pattern(writer, "but_not", on.ButNot);
                writer.Span("within", on.Within);
                break;
            case Trigger.OnTag on:
                writer.Text("on", "tag");
                writer.Text("tag", on.Tag);
                writer.Word("change", TagChanges, on.Change);
                break;
            case Trigger.OnSegment on:
                writer.Text("on", "segment");
                writer.Text("segment", on.Segment);
                writer.Word("change", SegmentChanges, on.Change);
                break;
            case Trigger.OnDate on:
                writer.Text("on", "date");
                writer.Text("attribute", on.Attribute);
                writer.Span("offset", on.Offset == Duration.Zero ? null : on.Offset);
                writer.Time("at", on.At);
                writer.Flag("yearly", on.Yearly);
                break;
            case Trigger.OnSchedule on:
                writer.Text("on", "schedule");
                writer.Text("cron", on.Cron);
                break;
            case Trigger.OnKeyword on:
                writer.Text("on", "keyword");
                writer.Texts("keywords", on.Keywords);
                writer.Word("match", Matches, on.Match);
                writer.Text("channel", on.Channel);
                break;
            case Trigger.OnManual:
                writer.Text("on", "manual");
                break;
        }
        writer.Close();
    }

    /// <summary>An event's name, or <c>{event, where}</c>.</summary>
    private static EventPattern Pattern(ObjectReader reader, string key)
    {
        if (reader.Optional(key) is { ValueKind: System.Text.Json.JsonValueKind.String })
        {
            return new EventPattern(reader.Text(key), Rules.RuleGroup.Everything);
        }
        if (reader.Object(key, required: true) is not { } inner)
        {
            return new EventPattern("", Rules.RuleGroup.Everything);
        }
        var pattern = new EventPattern(inner.Text("event"), inner.Rule("where"));
        inner.Done();
        return pattern;
    }

    private static void Pattern(DocumentWriter writer, string key, EventPattern pattern)
    {
        writer.Open(key);
        writer.Text("event", pattern.Event);
        writer.Rule("where", pattern.Where);
        writer.Close();
    }

    // The attribute stands alone, but who writes it as rules do means the same.
    private static string Attribute(ObjectReader reader)
    {
        const string prefix = "contact.";
        var attribute = reader.Text("attribute");
        return attribute.StartsWith(prefix, StringComparison.Ordinal) ? attribute[prefix.Length..] : attribute;
    }

    private static string Calendar(ObjectReader reader)
    {
        var text = reader.Text("cron");
        if (text.Length > 0 && Cron.Validate(text) is { } problem)
        {
            reader.Findings.Add(LintCodes.BadCron, reader.At("cron"), problem);
        }
        return text;
    }
}
