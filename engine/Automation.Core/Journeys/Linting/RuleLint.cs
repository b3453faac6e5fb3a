using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Workspaces;

namespace Automation.Core.Journeys.Linting;

/// <summary>Where a rule stands, and with it what it can look at.</summary>
/// <param name="HasEvent">Whether an event can be at hand.</param>
/// <param name="LacksEvent">Whether an event would be at hand by chance at most, because none starts the journey.</param>
/// <param name="Steps">Ids of the steps whose results may be there; null before entry.</param>
internal sealed record RuleScope(bool HasEvent, IReadOnlySet<string>? Steps, bool LacksEvent = false);

/// <summary>Whether a rule can be compiled, and names only fields, steps and segments that are there.</summary>
internal sealed class RuleLint(Workspace workspace, LintContext context, FindingList findings)
{
    private readonly HashSet<string> _segments = [.. workspace.Segments.Select(segment => segment.Key)];

    public void Check(RuleGroup group, string pointer, RuleScope scope)
    {
        RuleCompiler.TryCompile(group, out _, out var problems);
        foreach (var problem in problems)
        {
            findings.Add(LintCodes.Find(problem.Code), pointer + problem.Pointer, problem.Message);
        }
        foreach (var (rule, at) in Comparisons(group, pointer))
        {
            if (FieldPath.TryParse(rule.Field, out var field))
            {
                CheckScope(field, $"{at}/field", scope);
                if (context.Seen is { } seen && field is FieldPath.ContactAttribute or FieldPath.EventProperty && seen.Misses(rule.Field))
                {
                    findings.Add(LintCodes.UnseenName, $"{at}/field", $"Expected a name that the events carry, but none has {Found.Quote(rule.Field)}.{seen.Hint(rule.Field)}");
                }
                CheckSegments(rule, field, at);
                CheckOrder(rule, field, at);
            }
        }
    }

    /// <summary>A field that stands alone, outside of rules.</summary>
    public FieldPath? Field(string text, string pointer, RuleScope scope)
    {
        if (!FieldPath.TryParse(text, out var field, out var problem))
        {
            findings.Add(LintCodes.UnknownField, pointer, problem);
            return null;
        }
        CheckScope(field, pointer, scope);
        return field;
    }

    public void Segment(string key, string pointer)
    {
        if (context.ReferencesAreKnown && !_segments.Contains(key))
        {
            findings.Add(LintCodes.UnknownSegment, pointer, $"Expected a segment of the workspace, but there is no {Found.Quote(key)}.{Nearest.Hint(key, _segments)}");
        }
    }

    /// <summary>The comparisons in a rule, with their pointers.</summary>
    public static IEnumerable<(Rule Rule, string Pointer)> Comparisons(RuleGroup group, string pointer) =>
        group.Rules.SelectMany((node, i) => node switch
        {
            RuleGroup inner => Comparisons(inner, $"{pointer}/rules/{i}"),
            Rule rule => [(rule, $"{pointer}/rules/{i}")],
            _ => [],
        });

    /// <summary>The segments a comparison names; none for other fields.</summary>
    public static IEnumerable<string> SegmentsIn(Rule rule)
    {
        if (!FieldPath.TryParse(rule.Field, out var field) || field is not (FieldPath.Segments or FieldPath.Lists)
            || !RuleOperators.TryParse(rule.Operator, out var with))
        {
            return [];
        }
        return ComparisonValue.Operands(rule.Value, with).Select(operand => operand.Text).OfType<string>();
    }

    private void CheckScope(FieldPath field, string pointer, RuleScope scope)
    {
        switch (field)
        {
            case FieldPath.EventProperty or FieldPath.EventName when !scope.HasEvent:
                findings.Add(LintCodes.FieldOutOfScope, pointer, $"Expected a field of the contact, but {field} needs an event, and there is none.");
                break;
            case FieldPath.EventProperty or FieldPath.EventName when scope.LacksEvent:
                findings.Add(LintCodes.NoEventAtHand, pointer, $"Expected a field of the contact, but found {field}, and no event starts this journey.");
                break;
            case FieldPath.StepValue when scope.Steps is null:
                findings.Add(LintCodes.FieldOutOfScope, pointer, $"Expected a field that is there before the first step, but found {field}.");
                break;
            case FieldPath.StepValue step when !scope.Steps!.Contains(step.Step):
                findings.Add(LintCodes.UnknownField, pointer, $"Expected a step of this journey after steps., but there is no {Found.Quote(step.Step)}.{Nearest.Hint(step.Step, scope.Steps)}");
                break;
        }
    }

    private void CheckOrder(Rule rule, FieldPath field, string at)
    {
        if (!RuleOperators.TryParse(rule.Operator, out var with) || !with.AsksForOrder() || ComparisonValue.Problem(rule.Value, field, with) is not null)
        {
            return;
        }
        if (ComparisonValue.Operands(rule.Value, with).FirstOrDefault(one => !one.IsNumber && !one.IsMoment && one.Text.Length > 0) is { } text)
        {
            findings.Add(LintCodes.TextOrder, $"{at}/value", $"Expected a number or a time after '{rule.Operator}', but found {Found.Quote(text.Text)}.");
        }
    }

    private void CheckSegments(Rule rule, FieldPath field, string at)
    {
        if (field.IsSet)
        {
            foreach (var key in SegmentsIn(rule))
            {
                Segment(key, $"{at}/value");
            }
        }
    }
}
