using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Rules;

namespace Automation.Core.Steps.WaitFor;

/// <summary>Holds a contact until an event comes, or time is up.</summary>
internal sealed class WaitForStep(WaitForNode node) : Step(node.Id)
{
    private readonly CompiledRule _where = RuleCompiler.Compile(node.Where);

    public override string? Next => node.Next;

    public override Move Enter(Turn turn, in Place here)
    {
        var until = turn.Moment + node.Timeout;
        turn.Record(new StepFact.WaitStarted(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, ForEvent: true, until));
        if (until > turn.Now)
        {
            return Move.Stay;
        }
        turn.Moment = until;
        return End(turn, here);
    }

    public override Move WakeUp(Turn turn, Enrollment enrollment, in Place here) => End(turn, here);

    /// <summary>An event came while the contact waits here.</summary>
    public Move? Hear(Turn turn, Enrollment enrollment, ContactEvent happened)
    {
        if (!string.Equals(happened.Name, node.Event, StringComparison.Ordinal))
        {
            return null;
        }
        var looked = new List<EvaluatedValue>();
        if (!_where.Matches(turn.Rules(enrollment), looked))
        {
            return null;
        }
        var here = Place.Of(enrollment);
        turn.Record(new StepFact.WaitEnded(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, WaitEnd.Event, happened.MessageId)
        {
            Looked = turn.Looked(looked),
        });
        return Move.To(node.Next);
    }

    private Move End(Turn turn, in Place here)
    {
        turn.Record(new StepFact.WaitEnded(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, WaitEnd.Time, null));
        return Move.To(node.Otherwise);
    }
}
