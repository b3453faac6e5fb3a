using Automation.Core.Steps.Branch;
using Automation.Core.Steps.Call;
using Automation.Core.Steps.Emit;
using Automation.Core.Steps.Exit;
using Automation.Core.Steps.Send;
using Automation.Core.Steps.Split;
using Automation.Core.Steps.Update;
using Automation.Core.Steps.Wait;
using Automation.Core.Steps.WaitFor;

namespace Automation.Core.Steps;

/// <summary>From what was drawn to what it does, once per published version.</summary>
internal static class StepFactory
{
    public static Step Compile(StepNode node) => node switch
    {
        WaitNode wait => new WaitStep(wait),
        WaitForNode waitFor => new WaitForStep(waitFor),
        BranchNode branch => new BranchStep(branch),
        SplitNode split => new SplitStep(split),
        SendNode send => new SendStep(send),
        UpdateNode update => new UpdateStep(update),
        EmitNode emit => new EmitStep(emit),
        CallNode call => new CallStep(call),
        ExitNode exit => new ExitStep(exit),
        _ => throw new InvalidOperationException($"Expected a known kind of step, but got {node.GetType().Name}."),
    };
}
