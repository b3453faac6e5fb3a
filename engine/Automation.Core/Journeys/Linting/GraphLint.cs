using System.Globalization;
using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;

namespace Automation.Core.Journeys.Linting;

/// <summary>Whether the steps of a journey hang together: every arrow ends somewhere, every step is reached, every circle waits.</summary>
internal sealed class GraphLint
{
    private readonly Journey _journey;
    private readonly FindingList _findings;
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    private GraphLint(Journey journey, FindingList findings) => (_journey, _findings) = (journey, findings);

    public static void Check(Journey journey, FindingList findings)
    {
        if (journey.Steps.IsEmpty)
        {
            findings.Add(LintCodes.NoSteps, "/steps", "Expected at least one step, but there are none.");
            return;
        }
        var lint = new GraphLint(journey, findings);
        lint.CheckIds();
        lint.CheckLinks();
        lint.CheckReach();
        lint.CheckCircles();
    }

    private void CheckIds()
    {
        for (var i = 0; i < _journey.Steps.Length; i++)
        {
            if (!_indexes.TryAdd(_journey.Steps[i].Id, i))
            {
                _findings.Add(LintCodes.DuplicateStepId, $"/steps/{i}/id",
                    $"Expected an id of its own, but step {_indexes[_journey.Steps[i].Id]} has the id {Found.Quote(_journey.Steps[i].Id)} too.");
            }
        }
    }

    private void CheckLinks()
    {
        for (var i = 0; i < _journey.Steps.Length; i++)
        {
            foreach (var link in StepLinks.Of(_journey.Steps[i]).Where(link => !_indexes.ContainsKey(link.Step)))
            {
                _findings.Add(LintCodes.UnknownStep, $"/steps/{i}{link.Pointer}", $"Expected the id of a step, but there is no {Found.Quote(link.Step)}.{Nearest.Hint(link.Step, _indexes.Keys)}");
            }
        }
    }

    private void CheckReach()
    {
        var reached = new HashSet<int> { 0 };
        var open = new Stack<int>([0]);
        while (open.TryPop(out var from))
        {
            foreach (var to in LeadsTo(from).Where(reached.Add))
            {
                open.Push(to);
            }
        }
        for (var i = 0; i < _journey.Steps.Length; i++)
        {
            // A second step of one id can't be reached by any id; that it is a second one has been said.
            if (!reached.Contains(i) && _indexes[_journey.Steps[i].Id] == i)
            {
                _findings.Add(LintCodes.UnreachableStep, $"/steps/{i}",
                    $"Expected a way from {Found.Quote(_journey.Steps[0].Id)} to {Found.Quote(_journey.Steps[i].Id)}, but no step leads there.");
            }
        }
    }

    /// <summary>Depth first through the steps that do not wait; an arrow back into the path at hand closes a circle.</summary>
    private void CheckCircles()
    {
        var done = new HashSet<int>();
        for (var start = 0; start < _journey.Steps.Length; start++)
        {
            var path = new List<int>();
            var branches = new Stack<IEnumerator<int>>();
            Enter(start);
            while (branches.TryPeek(out var next))
            {
                if (!next.MoveNext())
                {
                    branches.Pop();
                    path.RemoveAt(path.Count - 1);
                }
                else if (path.IndexOf(next.Current) is var back and >= 0)
                {
                    ReportCircle(path[back..]);
                }
                else
                {
                    Enter(next.Current);
                }
            }

            void Enter(int step)
            {
                if (!StepLinks.AlwaysWaits(_journey.Steps[step]) && done.Add(step))
                {
                    path.Add(step);
                    branches.Push(LeadsTo(step).GetEnumerator());
                }
            }
        }
    }

    private void ReportCircle(List<int> circle)
    {
        var ids = circle.Append(circle[0]).Select(i => _journey.Steps[i].Id);
        _findings.Add(LintCodes.CycleWithoutWait, string.Create(CultureInfo.InvariantCulture, $"/steps/{circle.Min()}"),
            $"Expected a wait in every circle of steps, but {string.Join(" → ", ids)} has none.");
    }

    private IEnumerable<int> LeadsTo(int step) =>
        StepLinks.Of(_journey.Steps[step]).Select(link => _indexes.GetValueOrDefault(link.Step, -1)).Where(index => index >= 0).Distinct();
}
