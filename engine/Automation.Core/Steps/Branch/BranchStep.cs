using System.Collections.Immutable;
using Automation.Core.Deciding;
using Automation.Core.Rules;

namespace Automation.Core.Steps.Branch;

/// <summary>The first branch whose rule matches; the fact keeps every value that was looked at on the way.</summary>
internal sealed class BranchStep(BranchNode node) : Step(node.Id)
{
    public const string Otherwise = "otherwise";

    private readonly ImmutableArray<CompiledRule> _rules = [.. node.Branches.Select(branch => RuleCompiler.Compile(branch.When))];

    public override string? Next => node.Otherwise;

    public override Move Enter(Turn turn, in Place here)
    {
        var enrollment = turn.Find(here.Ordinal);
        var looked = new List<EvaluatedValue>();
        for (var i = 0; i < _rules.Length; i++)
        {
            // Later steps see the event that enrolled; the event at hand is theirs only at the door and in waits.
            if (_rules[i].Matches(turn.Rules(enrollment, withEvent: false), looked))
            {
                return Take(turn, here, node.Branches[i].Name, node.Branches[i].Next, looked);
            }
        }
        return Take(turn, here, Otherwise, node.Otherwise, looked);
    }

    private static Move Take(Turn turn, in Place here, string branch, string? next, List<EvaluatedValue> looked)
    {
        turn.Record(new StepFact.BranchTaken(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, branch)
        {
            Looked = turn.Looked(looked),
        });
        return Move.To(next);
    }
}
