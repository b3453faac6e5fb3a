using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Steps;
using Automation.Core.Steps.Branch;
using Automation.Core.Steps.Call;
using Automation.Core.Steps.Emit;
using Automation.Core.Steps.Send;
using Automation.Core.Steps.Split;
using Automation.Core.Steps.Update;
using Automation.Core.Steps.Wait;
using Automation.Core.Steps.WaitFor;
using Automation.Core.Workspaces;

namespace Automation.Core.Journeys.Linting;

/// <summary>Each step by itself: what it names must be there, and what it deals out must add up.</summary>
internal sealed class StepLint(Workspace workspace, LintContext context, RuleLint rules, RuleScope scope, FindingList findings)
{
    public void Check(StepNode step, string pointer)
    {
        switch (step)
        {
            case WaitNode { Until.Date: { } date }: CheckDate(date, pointer); break;
            case WaitForNode node: rules.Check(node.Where, $"{pointer}/where", scope with { LacksEvent = false }); break;
            case BranchNode node: CheckBranches(node, pointer); break;
            case SplitNode node: CheckVariants(node, pointer); break;
            case SendNode node: CheckSend(node, pointer); break;
            case UpdateNode node: CheckTemplates(node.Set, $"{pointer}/set"); break;
            case EmitNode node: CheckTemplates(node.Properties, $"{pointer}/properties"); break;
            case CallNode node:
                SettingsLint.Account(node.Account, channel: null, $"{pointer}/account", context, findings);
                CheckTemplates(node.Content, $"{pointer}/content");
                break;
        }
    }

    private void CheckDate(string date, string pointer)
    {
        // The attribute may stand alone; with a dot it has to be the contact's.
        if (date.Contains('.', StringComparison.Ordinal) && !date.StartsWith("contact.", StringComparison.Ordinal))
        {
            findings.Add(LintCodes.UnknownField, $"{pointer}/until/date",
                $"Expected a date of the contact, such as contact.expires_on, but found {Found.Quote(date)}.");
        }
    }

    private void CheckBranches(BranchNode node, string pointer)
    {
        if (node.Branches.IsEmpty)
        {
            findings.Add(LintCodes.EmptyBranches, $"{pointer}/branches", "Expected at least one branch, but there are none.");
        }
        for (var i = 0; i < node.Branches.Length; i++)
        {
            if (node.Branches[i].When.IsEmpty)
            {
                findings.Add(LintCodes.EmptyRule, $"{pointer}/branches/{i}/when", "Expected a rule, but it is empty and matches everybody.");
            }
            rules.Check(node.Branches[i].When, $"{pointer}/branches/{i}/when", scope);
        }
        CheckNames(node.Branches.Select(branch => branch.Name), $"{pointer}/branches");
    }

    private void CheckVariants(SplitNode node, string pointer)
    {
        if (node.Variants.IsEmpty)
        {
            findings.Add(LintCodes.EmptyBranches, $"{pointer}/variants", "Expected at least one variant, but there are none.");
        }
        for (var i = 0; i < node.Variants.Length; i++)
        {
            if (node.Variants[i].Weight <= 0)
            {
                findings.Add(LintCodes.WeightsNotPositive, $"{pointer}/variants/{i}/weight",
                    FormattableString.Invariant($"Expected a weight above 0, but found {node.Variants[i].Weight}."));
            }
        }
        CheckNames(node.Variants.Select(variant => variant.Name), $"{pointer}/variants");
    }

    private void CheckNames(IEnumerable<string> names, string pointer)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, name) in names.Index())
        {
            if (!seen.Add(name))
            {
                findings.Add(LintCodes.DuplicateName, $"{pointer}/{i}/name", $"Expected a name of its own, but {Found.Quote(name)} stands twice.");
            }
        }
    }

    private void CheckSend(SendNode node, string pointer)
    {
        CheckWay(node.Channel, node.Account, node.Template, pointer);
        for (var i = 0; i < node.Fallback.Length; i++)
        {
            CheckWay(node.Fallback[i].Channel, node.Fallback[i].Account, node.Fallback[i].Template, $"{pointer}/fallback/{i}");
        }
    }

    private void CheckWay(string channel, string? account, string template, string pointer)
    {
        if (SettingsLint.Channel(channel, $"{pointer}/channel", context, findings))
        {
            if (account is not null)
            {
                SettingsLint.Account(account, channel, $"{pointer}/account", context, findings);
            }
            else if (context.Accounts is not null && !workspace.Settings.Accounts.ContainsKey(channel))
            {
                findings.Add(LintCodes.MissingAccount, pointer, $"Expected an account for {channel} here or in the workspace, but there is none.");
            }
        }
        if (workspace.Templates.FirstOrDefault(candidate => candidate.Key == template) is not { } found)
        {
            if (context.ReferencesAreKnown)
            {
                findings.Add(LintCodes.UnknownTemplate, $"{pointer}/template",
                    $"Expected a template of the workspace, but there is no {Found.Quote(template)}.{Nearest.Hint(template, workspace.Templates.Select(one => one.Key))}");
            }
        }
        else
        {
            if (found.Channel != channel)
            {
                findings.Add(LintCodes.TemplateChannelMismatch, $"{pointer}/template",
                    $"Expected a template for {channel}, but {template} is for {found.Channel}.");
            }
            if (scope.LacksEvent && TemplateLint.EventIn(found.Content, context) is { } variable)
            {
                findings.Add(LintCodes.NoEventAtHand, $"{pointer}/template",
                    $"Expected a template without an event, because none starts this journey, but {template} reads {Found.Quote(variable)}.");
            }
        }
    }

    private void CheckTemplates(object value, string pointer) => TemplateLint.Values(value, pointer, scope, context, findings);
}
