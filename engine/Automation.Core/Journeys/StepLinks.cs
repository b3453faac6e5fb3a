using Automation.Core.Steps;
using Automation.Core.Steps.Branch;
using Automation.Core.Steps.Call;
using Automation.Core.Steps.Emit;
using Automation.Core.Steps.Send;
using Automation.Core.Steps.Split;
using Automation.Core.Steps.Update;
using Automation.Core.Steps.Wait;
using Automation.Core.Steps.WaitFor;

namespace Automation.Core.Journeys;

/// <summary>A way out of a step.</summary>
/// <param name="Pointer">Where it stands, from the step on: <c>/branches/0/next</c>.</param>
/// <param name="Step">The step it leads to.</param>
public readonly record struct StepLink(string Pointer, string Step);

/// <summary>Which steps a step can lead to: the arrows of the canvas.</summary>
public static class StepLinks
{
    /// <summary>In the order of the document. Ways that end the enrollment are left out.</summary>
    public static IEnumerable<StepLink> Of(StepNode step) => All(step)
        .Where(link => link.Step is not null)
        .Select(link => new StepLink(link.Pointer, link.Step!));

    /// <summary>Whether time passes in the step whatever the contact is like, so that a circle through it is safe.</summary>
    public static bool AlwaysWaits(StepNode step) => step switch
    {
        // A wait until a date alone ends at once for contacts whose date is past, or who have none.
        WaitNode wait => wait.For is not null || wait.Until is { Date: null },
        WaitForNode => true,
        _ => false,
    };

    private static IEnumerable<(string Pointer, string? Step)> All(StepNode step) => step switch
    {
        WaitNode node => [("/next", node.Next)],
        WaitForNode node => [("/next", node.Next), ("/otherwise", node.Otherwise)],
        BranchNode node => node.Branches.Select((branch, i) => ($"/branches/{i}/next", branch.Next)).Append(("/otherwise", node.Otherwise)),
        SplitNode node => node.Variants.Select((variant, i) => ($"/variants/{i}/next", variant.Next)),
        SendNode node => [("/on_failure/next", node.OnFailure.Next), ("/next", node.Next)],
        UpdateNode node => [("/next", node.Next)],
        EmitNode node => [("/next", node.Next)],
        CallNode node => [("/on_failure/next", node.OnFailure.Next), ("/next", node.Next)],
        _ => [],
    };
}
