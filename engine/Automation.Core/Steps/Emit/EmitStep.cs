using System.Globalization;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Sending;

namespace Automation.Core.Steps.Emit;

/// <summary>Makes an event of our own. Its id is a hash of the visit, so a repeated batch makes the same event, not a second one.</summary>
internal sealed class EmitStep(EmitNode node) : Step(node.Id)
{
    /// <summary>How many events may cause one another; journeys that start each other for ever stop here.</summary>
    public const int DepthMax = 8;

    private readonly CompiledContent _properties = new(node.Properties);

    public override string? Next => node.Next;

    public override Move Enter(Turn turn, in Place here)
    {
        var enrollment = turn.Find(here.Ordinal)!;
        var depth = (turn.Event?.EmitDepth ?? 0) + 1;
        if (depth > DepthMax)
        {
            Walk.Stick(turn, here, Reasons.EmitDepth, $"Expected at most {DepthMax} events that cause one another, but this would be one more.");
            return Move.Stay;
        }
        var rendered = _properties.Render(turn, enrollment);
        if (rendered.Error is { } error)
        {
            Walk.Stick(turn, here, Reasons.RenderFailed, error);
            return Move.Stay;
        }
        var visit = here.Visit.ToString(CultureInfo.InvariantCulture);
        var id = StableHash.Id("emit", enrollment.Journey, enrollment.Id(turn.Contact.Id), here.Step, visit).ToString();
        turn.Record(new StepFact.EventEmitted(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, node.Event, id));
        turn.Do(new Effect.EmitEvent(new ContactEvent(id, EventType.Track, node.Event, turn.Now, turn.Now, rendered.Content!, [], depth)));
        return Move.To(node.Next);
    }
}
