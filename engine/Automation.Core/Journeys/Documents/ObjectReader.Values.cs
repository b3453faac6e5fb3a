using System.Collections.Immutable;
using System.Text.Json;
using Automation.Core.Journeys.Linting;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Steps;
using NodaTime;

namespace Automation.Core.Journeys.Documents;

// The values of properties: texts, numbers, durations, times, choices.
internal sealed partial class ObjectReader
{
    public string Text(string key, int lengthMax = DocumentLimits.NameLengthMax) =>
        Required(key) is { } element ? TextOf(element, At(key), lengthMax) : "";

    public string? OptionalText(string key, int lengthMax = DocumentLimits.NameLengthMax) =>
        Optional(key) is { } element ? TextOf(element, At(key), lengthMax) : null;

    /// <summary>A remark for people: a cleared field counts as none.</summary>
    public string? Remark(string key) =>
        Optional(key) is { ValueKind: JsonValueKind.String } element && string.IsNullOrWhiteSpace(Found.Text(element) ?? "?")
            ? null
            : OptionalText(key, DocumentLimits.TextLengthMax);

    /// <summary>A key or id: letters and digits of any script, <c>_</c> and <c>-</c>.</summary>
    public string Key(string key)
    {
        if (Required(key) is not { } element)
        {
            return "";
        }
        if (element.ValueKind != JsonValueKind.String || Found.Text(element) is not { } text)
        {
            return TextOf(element, At(key), DocumentLimits.KeyLengthMax);
        }
        if (text.Length is 0 or > DocumentLimits.KeyLengthMax || !text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-'))
        {
            Findings.Add(LintCodes.BadKey, At(key),
                $"Expected 1 to {DocumentLimits.KeyLengthMax} letters, digits, _ or -, but {Found.In(element)}.");
        }
        return text;
    }

    public ImmutableArray<string> Texts(string key, bool required = false, int itemsMax = DocumentLimits.ListMax) =>
        [.. Items(key, itemsMax, required).Select(item => TextOf(item.Element, item.Pointer, DocumentLimits.NameLengthMax))];

    public bool Flag(string key)
    {
        var element = Optional(key);
        if (element is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } other)
        {
            Findings.Add(LintCodes.WrongType, At(key), $"Expected true or false, but {Found.In(other)}.");
        }
        return element is { ValueKind: JsonValueKind.True };
    }

    public int? OptionalWhole(string key, int min, int max)
    {
        if (Optional(key) is not { } element)
        {
            return null;
        }
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var whole) && whole >= min && whole <= max)
        {
            return whole;
        }
        Findings.Add(element.ValueKind == JsonValueKind.Number ? LintCodes.BadNumber : LintCodes.WrongType, At(key),
            $"Expected a whole number from {min} to {max}, but {Found.In(element)}.");
        return null;
    }

    public int Whole(string key, int min, int max)
    {
        Required(key);
        return OptionalWhole(key, min, max) ?? min;
    }

    public decimal Number(string key, decimal min, decimal max, decimal? otherwise)
    {
        if ((otherwise is null ? Required(key) : Optional(key)) is not { } element)
        {
            return otherwise ?? 0;
        }
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number) && number >= min && number <= max)
        {
            return number;
        }
        Findings.Add(element.ValueKind == JsonValueKind.Number ? LintCodes.BadNumber : LintCodes.WrongType, At(key),
            $"Expected a number from {min} to {max}, but {Found.In(element)}.");
        return otherwise ?? 0;
    }

    public Duration? OptionalSpan(string key, Duration? min = null) =>
        Optional(key) is { } element ? DurationOf(element, At(key), min ?? Duration.FromSeconds(1)) : null;

    public Duration Span(string key, Duration? min = null) =>
        Required(key) is { } element ? DurationOf(element, At(key), min ?? Duration.FromSeconds(1)) : Duration.FromSeconds(1);

    public LocalTime? OptionalTime(string key)
    {
        if (Optional(key) is not { } element)
        {
            return null;
        }
        if (element.ValueKind == JsonValueKind.String && Found.Text(element) is { } text && TimeText.TryParse(text, out var time))
        {
            return time;
        }
        Findings.Add(LintCodes.BadTime, At(key), $"Expected a time of day such as \"09:30\", but {Found.In(element)}.");
        return LocalTime.Midnight;
    }

    public LocalTime Time(string key)
    {
        Required(key);
        return OptionalTime(key) ?? LocalTime.Midnight;
    }

    public T Choice<T>(string key, (string Word, T Value)[] choices, T? otherwise = null)
        where T : struct
    {
        var element = otherwise is null ? Required(key) : Optional(key);
        return element is null ? otherwise ?? choices[0].Value : ChoiceOf(element.Value, At(key), choices);
    }

    public T ChoiceOf<T>(JsonElement element, string pointer, (string Word, T Value)[] choices)
    {
        var word = element.ValueKind == JsonValueKind.String ? Found.Text(element) : null;
        foreach (var choice in choices)
        {
            if (choice.Word == word)
            {
                return choice.Value;
            }
        }
        Findings.Add(LintCodes.UnknownValue, pointer,
            $"Expected {string.Join(" or ", choices.Select(choice => Found.Quote(choice.Word)))}, but {Found.In(element)}.");
        return choices[0].Value;
    }

    /// <summary>A rule of the query builder; an absent one matches everything.</summary>
    public RuleGroup Rule(string key, bool required = false) =>
        (required ? Required(key) : Optional(key)) is { } element
            ? RuleDocument.Read(element, At(key), Findings)
            : RuleGroup.Everything;

    public PropertyBag Bag(string key, bool required = false) =>
        (required ? Required(key) : Optional(key)) is { } element
            ? PropertyReader.Bag(element, At(key), Findings)
            : PropertyBag.Empty;

    /// <summary>Id of the step to go on with; null ends the enrollment.</summary>
    public string? Next(string key = "next") => OptionalText(key, DocumentLimits.KeyLengthMax);

    /// <summary>What to do after a failure: a word, or <c>{"next": id}</c>.</summary>
    public FailurePolicy OnFailure()
    {
        if (Optional("on_failure") is not { } element)
        {
            return FailurePolicy.Continue;
        }
        if (element.ValueKind != JsonValueKind.Object)
        {
            return new FailurePolicy(ChoiceOf(element, At("on_failure"), FailureWords.All));
        }
        var branch = Object("on_failure")!;
        var next = branch.Text("next", DocumentLimits.KeyLengthMax);
        branch.Done();
        return new FailurePolicy(FailureAction.Branch, next);
    }

    private string TextOf(JsonElement element, string pointer, int lengthMax)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            Findings.Add(LintCodes.WrongType, pointer, $"Expected text, but {Found.In(element)}.");
            return "";
        }
        var text = Found.Text(element);
        if (string.IsNullOrWhiteSpace(text))
        {
            Findings.Add(LintCodes.BadText, pointer,
                text is null ? "Expected text in valid Unicode, but it holds half a character." : "Expected text, but it is empty.");
        }
        else if (text.Length > lengthMax)
        {
            Findings.Add(LintCodes.TooLong, pointer, $"Expected at most {lengthMax} characters, but found {text.Length}.");
        }
        return text ?? "";
    }

    private Duration DurationOf(JsonElement element, string pointer, Duration min)
    {
        if (element.ValueKind != JsonValueKind.String
            || Found.Text(element) is not { } text
            || !DurationText.TryParse(text, out var duration))
        {
            Findings.Add(LintCodes.BadDuration, pointer,
                $"Expected a duration such as 15m, 24h, 30d or 1d12h, at most {DocumentLimits.DurationDaysMax}d, but {Found.In(element)}.");
            return Duration.FromSeconds(1);
        }
        if (duration < min)
        {
            Findings.Add(LintCodes.BadDuration, pointer, $"Expected a duration of at least {DurationText.Write(min)}, but {Found.In(element)}.");
        }
        return duration;
    }
}
