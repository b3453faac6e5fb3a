using Automation.Core.Deciding;

namespace Automation.Runtime.Simulation;

/// <summary>
/// Where each enrollment stands, from its facts alone: a fact of a later visit means that the step before was left and this one
/// was entered.
/// </summary>
internal sealed class Passages
{
    private readonly Dictionary<(long Contact, int Ordinal), Passage> _open = [];
    private readonly Dictionary<long, List<long>> _absorbed = [];

    public void Begin(long contact, JourneyFact.Enrolled enrolled) =>
        _open[(contact, enrolled.Ordinal)] = new Passage(enrolled.Journey);

    public void Merge(long survivor, long other)
    {
        if (!_absorbed.TryGetValue(survivor, out var others))
        {
            _absorbed[survivor] = others = [];
        }
        others.Add(other);
        others.AddRange(_absorbed.GetValueOrDefault(other, []));
    }

    public void Follow(JourneyFigures journey, long contact, StepFact fact)
    {
        if (Find(contact, fact) is not { } passage || fact.Visit < passage.Visit)
        {
            return; // A receipt of an earlier step, or a word about an enrollment that has ended.
        }
        if (fact.Visit > passage.Visit || fact.Step != passage.Step)
        {
            Leave(journey, passage);
            (passage.Step, passage.Visit) = (fact.Step, fact.Visit);
            if (journey.Step(fact.Step) is { } entered)
            {
                entered.Entered++;
            }
        }
        if (fact is StepFact.Completed or StepFact.Exited)
        {
            Leave(journey, passage);
            _open.Remove((contact, fact.Ordinal));
        }
    }

    private static void Leave(JourneyFigures journey, Passage passage)
    {
        if (passage.Step is { } step && journey.Step(step) is { } left)
        {
            left.Left++;
        }
    }

    // An enrollment that came over from an absorbed contact has a new ordinal there.
    private Passage? Find(long contact, StepFact fact)
    {
        if (_open.TryGetValue((contact, fact.Ordinal), out var passage))
        {
            return passage;
        }
        foreach (var other in _absorbed.GetValueOrDefault(contact, []))
        {
            foreach (var (key, moved) in _open.Where(one => one.Key.Contact == other && one.Value.Journey == fact.Journey))
            {
                _open.Remove(key);
                return _open[(contact, fact.Ordinal)] = moved;
            }
        }
        return null;
    }

    private sealed class Passage(string journey)
    {
        public string Journey => journey;

        public string? Step { get; set; }

        public int Visit { get; set; }
    }
}
