using System.Collections.Immutable;
using Automation.Core.Rules;
using Automation.Core.Workspaces;

namespace Automation.Core.Journeys.Linting;

/// <summary>A journey's trigger, entry, exits and goal, and then its steps.</summary>
internal static class JourneyLint
{
    private static readonly RuleScope BeforeEntry = new(HasEvent: true, Steps: null);

    public static void Check(Journey journey, Workspace workspace, LintContext context, FindingList findings)
    {
        var rules = new RuleLint(workspace, context, findings);
        var inside = new RuleScope(HasEvent: true, journey.Steps.Select(step => step.Id).ToImmutableHashSet(StringComparer.Ordinal));
        var lacksEvent = journey.Trigger is Trigger.OnSchedule or Trigger.OnDate or Trigger.OnDormant or Trigger.OnSegment;
        CheckTrigger(journey.Trigger, rules, context, findings);
        CheckEntry(journey.Entry, rules, BeforeEntry with { LacksEvent = lacksEvent }, findings);
        for (var i = 0; i < journey.Exits.Length; i++)
        {
            rules.Check(journey.Exits[i].Where, $"/exit/{i}/where", inside);
        }
        if (journey.Goal is { } goal)
        {
            // The goal may be reached when the enrollment, and with it the steps' results, is gone.
            rules.Check(goal.Where, "/goal/where", BeforeEntry);
        }
        GraphLint.Check(journey, findings);
        var steps = new StepLint(workspace, context, rules, inside with { LacksEvent = lacksEvent }, findings);
        for (var i = 0; i < journey.Steps.Length; i++)
        {
            steps.Check(journey.Steps[i], $"/steps/{i}");
        }
    }

    private static void CheckTrigger(Trigger trigger, RuleLint rules, LintContext context, FindingList findings)
    {
        switch (trigger)
        {
            case Trigger.OnEvent on:
                rules.Check(on.Where, "/trigger/where", BeforeEntry);
                break;
            case Trigger.OnNotDone on:
                rules.Check(on.Did.Where, "/trigger/did/where", BeforeEntry);
                rules.Check(on.ButNot.Where, "/trigger/but_not/where", BeforeEntry);
                break;
            case Trigger.OnSegment on:
                rules.Segment(on.Segment, "/trigger/segment");
                break;
            case Trigger.OnKeyword { Channel: { } channel }:
                SettingsLint.Channel(channel, "/trigger/channel", context, findings);
                break;
        }
    }

    private static void CheckEntry(EntryRule entry, RuleLint rules, RuleScope scope, FindingList findings)
    {
        rules.Check(entry.Audience, "/entry/audience", scope);
        if (entry.Per is { } per && rules.Field(per, "/entry", scope) is FieldPath field && (field.IsSet || field is FieldPath.History))
        {
            findings.Add(LintCodes.UnknownField, "/entry", $"Expected a field with one value for per, such as event.order_id, but found {per}.");
        }
    }
}
