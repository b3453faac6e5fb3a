using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;

namespace Automation.Core.Journeys.Linting;

/// <summary>Whether content fits its channel, and its placeholders can be parsed and find something to print.</summary>
internal static class TemplateLint
{
    /// <summary>What a message may read.</summary>
    private static readonly string[] Roots = ["contact", "event", "steps", "journey", "workspace", "now"];

    public static void Check(MessageTemplate template, LintContext context, FindingList findings)
    {
        if (template.Content.Count == 0)
        {
            findings.Add(LintCodes.EmptyContent, "/content", "Expected content, at least a text, but it is empty.");
        }
        if (SettingsLint.Channel(template.Channel, "/channel", context, findings)
            && context.Channels?[template.Channel].ContentFields is { } fields)
        {
            foreach (var field in template.Content.Keys.Where(key => key != "text" && !fields.Contains(key)))
            {
                findings.Add(LintCodes.UnknownContentField, JsonPointer.Child("/content", field),
                    $"Expected one of {string.Join(", ", fields.Add("text").Order(StringComparer.Ordinal))}, but found {Found.Quote(field)}.");
            }
        }
        Values(template.Content, "/content", scope: null, context, findings);
    }

    /// <summary>Every string in the value as a template.</summary>
    /// <param name="scope">Of the step it stands in; null where no journey is at hand.</param>
    public static void Values(object? value, string pointer, RuleScope? scope, LintContext context, FindingList findings)
    {
        switch (value)
        {
            case string text:
                Text(text, pointer, scope, context, findings);
                break;
            case PropertyBag bag:
                foreach (var (key, inner) in bag)
                {
                    Values(inner, JsonPointer.Child(pointer, key), scope, context, findings);
                }
                break;
            case IReadOnlyList<object?> list:
                for (var i = 0; i < list.Count; i++)
                {
                    Values(list[i], JsonPointer.Child(pointer, i), scope, context, findings);
                }
                break;
        }
    }

    private static void Text(string text, string pointer, RuleScope? scope, LintContext context, FindingList findings)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return;
        }
        var (template, errors) = context.Language.Parse(text);
        foreach (var error in errors)
        {
            findings.Add(LintCodes.TemplateSyntax, pointer, $"{error.Message.TrimEnd('.')} (line {error.Line}, column {error.Column}).");
        }
        foreach (var taken in template?.Mistaken ?? [])
        {
            findings.Add(LintCodes.HiddenByBuiltIn, pointer,
                $"Expected a value, as contact.{taken} or event.{taken}, but {Found.Quote(taken)} is a name that the language has taken.");
        }
        foreach (var variable in template?.Variables ?? [])
        {
            var names = variable.Split('.');
            if (context.Seen is { } seen && seen.Misses(variable))
            {
                findings.Add(LintCodes.UnseenName, pointer, $"Expected a name that the events carry, but none has {Found.Quote(variable)}.{seen.Hint(variable)}");
            }
            if (!Roots.Contains(names[0]))
            {
                findings.Add(LintCodes.UnknownVariable, pointer,
                    $"Expected a variable that starts with {string.Join(", ", Roots)}, but found {Found.Quote(variable)}.");
            }
            else if (names is ["event", ..] && scope is { LacksEvent: true })
            {
                findings.Add(LintCodes.NoEventAtHand, pointer, $"Expected a variable of the contact, but found {Found.Quote(variable)}, and no event starts this journey.");
            }
            else if (names is ["steps", var step, ..] && scope?.Steps?.Contains(step) == false)
            {
                findings.Add(LintCodes.UnknownVariable, pointer, $"Expected a step of this journey after steps., but there is no {Found.Quote(step)}.");
            }
        }
    }

    /// <summary>The first variable of an event that the content reads, or null.</summary>
    public static string? EventIn(object? value, LintContext context) => value switch
    {
        string text when text.Contains('{', StringComparison.Ordinal) =>
            context.Language.Parse(text).Template?.Variables.FirstOrDefault(variable => variable.Split('.')[0] == "event"),
        PropertyBag bag => bag.Select(one => EventIn(one.Value, context)).FirstOrDefault(found => found is not null),
        IReadOnlyList<object?> list => list.Select(item => EventIn(item, context)).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
