using Automation.Core.Deciding;
using Automation.Core.Sending;

namespace Automation.Core.Steps.Update;

/// <summary>Changes the contact. A template that fails stops the enrollment there, for a person to see.</summary>
internal sealed class UpdateStep(UpdateNode node) : Step(node.Id)
{
    private readonly CompiledContent _set = new(node.Set);

    public override string? Next => node.Next;

    public override Move Enter(Turn turn, in Place here)
    {
        var rendered = _set.Render(turn, turn.Find(here.Ordinal)!);
        if (rendered.Error is { } error)
        {
            Walk.Stick(turn, here, Reasons.RenderFailed, error);
            return Move.Stay;
        }
        turn.Record(new StepFact.ContactUpdated(
            here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, rendered.Content!, node.Unset, node.AddTags, node.RemoveTags));
        return Move.To(node.Next);
    }
}
