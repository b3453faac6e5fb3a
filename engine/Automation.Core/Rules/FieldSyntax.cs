using System.Diagnostics.CodeAnalysis;

namespace Automation.Core.Rules;

/// <summary>How fields are written, and what to tell people who wrote one differently.</summary>
internal static class FieldSyntax
{
    private const string SumPrefix = "sum:";

    public static string Word(HistoryMeasure measure) => measure switch
    {
        HistoryMeasure.Count => "count",
        HistoryMeasure.First => "first",
        HistoryMeasure.Last => "last",
        HistoryMeasure.Sum => SumPrefix,
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    public static bool TryParse(
        string text, [NotNullWhen(true)] out FieldPath? path, [NotNullWhen(false)] out string? problem)
    {
        (path, problem) = Parse(text);
        return path is not null;
    }

    private static (FieldPath? Path, string? Problem) Parse(string text)
    {
        switch (text)
        {
            case "": return (null, "Expected a field such as contact.city, event.amount or tags, but found none.");
            case "tags": return (new FieldPath.Tags(), null);
            case "segments": return (new FieldPath.Segments(), null);
            case "lists": return (new FieldPath.Lists(), null);
            case "contact.id": return (new FieldPath.ContactId(), null);
            case "contact.first_seen": return (new FieldPath.FirstSeen(), null);
            case "contact.last_activity": return (new FieldPath.LastActivity(), null);
            case "event.name": return (new FieldPath.EventName(), null);
        }
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var root = dot < 0 ? text : text[..dot];
        var rest = dot < 0 ? "" : text[(dot + 1)..];
        return root switch
        {
            "contact" => Nested(text, rest, "contact.city", path => new FieldPath.ContactAttribute(path)),
            "event" => Nested(text, rest, "event.amount", path => new FieldPath.EventProperty(path)),
            "steps" => Step(text, rest),
            "history" => History(text, rest),
            "consent" => Named(text, rest, "a channel after 'consent.', as in consent.sms", name => new FieldPath.Consent(name)),
            "quota" => Named(text, rest, "a name after 'quota.', as in quota.coupon", name => new FieldPath.Quota(name)),
            "tags" or "segments" or "lists" => (null,
                $"Expected '{root}' alone, compared with contains, in or null, but found '{text}'."),
            _ => (null, "Expected a field that starts with contact., event., steps., history., consent. or quota., "
                + $"or is tags, segments or lists, but found '{text}'."),
        };
    }

    private static (FieldPath?, string?) Nested(string text, string rest, string example, Func<PropertyPath, FieldPath> make)
    {
        if (rest.Length == 0)
        {
            return (null, $"Expected a name after the dot, as in {example}, but found '{text}'.");
        }
        return HasGap(rest)
            ? (null, $"Expected a name on both sides of every dot, as in {example}, but found '{text}'.")
            : (make(new PropertyPath(rest)), null);
    }

    private static (FieldPath?, string?) Named(string text, string rest, string expected, Func<string, FieldPath> make) =>
        rest.Length == 0 || HasGap(rest) ? (null, $"Expected {expected}, but found '{text}'.") : (make(rest), null);

    private static (FieldPath?, string?) Step(string text, string rest)
    {
        var dot = rest.IndexOf('.', StringComparison.Ordinal);
        return dot <= 0 || HasGap(rest)
            ? (null, $"Expected a step and one of its values, as in steps.ask.coupon_code, but found '{text}'.")
            : (new FieldPath.StepValue(rest[..dot], new PropertyPath(rest[(dot + 1)..])), null);
    }

    // Event names may contain dots, so the measure is looked for from the end.
    private static (FieldPath?, string?) History(string text, string rest)
    {
        var dot = rest.LastIndexOf('.');
        var measure = rest[(dot + 1)..] switch
        {
            "count" => HistoryMeasure.Count,
            "first" => HistoryMeasure.First,
            "last" => HistoryMeasure.Last,
            _ => (HistoryMeasure?)null,
        };
        if (dot > 0 && measure is { } word)
        {
            return (new FieldPath.History(rest[..dot], word), null);
        }
        var sum = rest.LastIndexOf("." + SumPrefix, StringComparison.Ordinal);
        var property = sum < 0 ? "" : rest[(sum + 1 + SumPrefix.Length)..];
        if (sum > 0 && property.Length > 0)
        {
            return (new FieldPath.History(rest[..sum], HistoryMeasure.Sum, property), null);
        }
        return (null, sum > 0
            ? $"Expected a property after 'sum:', as in history.order_paid.sum:amount, but found '{text}'."
            : "Expected an event and then count, first, last or sum:<property>, as in history.order_paid.count, "
                + $"but found '{text}'.");
    }

    private static bool HasGap(string names) =>
        names[0] == '.' || names[^1] == '.' || names.Contains("..", StringComparison.Ordinal);
}
