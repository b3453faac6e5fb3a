using Automation.Core.Contacts;
using Automation.Core.Deciding;

namespace Automation.Runtime.Loop;

/// <summary>
/// Tells which facts of a decision are the first at their step: that is how the figures know how many came to a step, whatever became
/// of them there. A contact's passages are few, so a list is searched and nothing is hashed.
/// </summary>
internal sealed class Visits
{
    /// <summary>The name under which an arrival is counted, beside the names of facts.</summary>
    public const string Reached = "reached";

    private readonly List<(int Ordinal, int Visit)> _latest = [];

    /// <summary>Begins with where the contact stood before the decision.</summary>
    public void Begin(Contact before)
    {
        _latest.Clear();
        foreach (var enrollment in before.Enrollments)
        {
            _latest.Add((enrollment.Ordinal, enrollment.Visit));
        }
    }

    /// <summary>Whether nothing was decided at this visit before.</summary>
    public bool IsArrival(StepFact fact)
    {
        for (var i = 0; i < _latest.Count; i++)
        {
            if (_latest[i].Ordinal != fact.Ordinal)
            {
                continue;
            }
            if (fact.Visit <= _latest[i].Visit)
            {
                return false;
            }
            _latest[i] = (fact.Ordinal, fact.Visit);
            return true;
        }
        _latest.Add((fact.Ordinal, fact.Visit));
        return true;
    }
}
