using Automation.Core.Deciding;

namespace Automation.Core.Steps.Exit;

/// <summary>Ends the enrollment, with the marketer's reason.</summary>
internal sealed class ExitStep(ExitNode node) : Step(node.Id)
{
    public override string? Next => null;

    public override Move Enter(Turn turn, in Place here)
    {
        turn.Record(new StepFact.Exited(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, null)
        {
            Reason = node.Reason ?? Reasons.ExitStep,
        });
        return Move.Ended;
    }
}
