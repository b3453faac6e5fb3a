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
        Values(template.Content, "/content", steps: null, context, findings);
    }

    /// <summary>Every string in the value as a template.</summary>
    /// <param name="steps">Ids of the journey's steps; null where no journey is at hand.</param>
    public static void Values(object? value, string pointer, IReadOnlySet<string>? steps, LintContext context, FindingList findings)
    {
        switch (value)
        {
            case string text:
                Text(text, pointer, steps, context, findings);
                break;
            case PropertyBag bag:
                foreach (var (key, inner) in bag)
                {
                    Values(inner, JsonPointer.Child(pointer, key), steps, context, findings);
                }
                break;
            case IReadOnlyList<object?> list:
                for (var i = 0; i < list.Count; i++)
                {
                    Values(list[i], JsonPointer.Child(pointer, i), steps, context, findings);
                }
                break;
        }
    }

    private static void Text(string text, string pointer, IReadOnlySet<string>? steps, LintContext context, FindingList findings)
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
        foreach (var variable in template?.Variables ?? [])
        {
            var names = variable.Split('.');
            if (!Roots.Contains(names[0]))
            {
                findings.Add(LintCodes.UnknownVariable, pointer,
                    $"Expected a variable that starts with {string.Join(", ", Roots)}, but found {Found.Quote(variable)}.");
            }
            else if (names is ["steps", var step, ..] && steps?.Contains(step) == false)
            {
                findings.Add(LintCodes.UnknownVariable, pointer, $"Expected a step of this journey after steps., but there is no {Found.Quote(step)}.");
            }
        }
    }
}
