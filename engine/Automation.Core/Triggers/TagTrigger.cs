using System.Collections.Immutable;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Steps;

namespace Automation.Core.Triggers;

/// <summary>A tag that came or went, by whatever hand: identify, a step, an import, a person.</summary>
internal static class TagTrigger
{
    public static void Fire(Turn turn, ImmutableArray<string> before, ImmutableArray<string> after)
    {
        foreach (var journey in turn.Journeys.Tags)
        {
            var trigger = (Trigger.OnTag)journey.Document.Trigger;
            var had = SortedSet.Contains(before, trigger.Tag);
            var has = SortedSet.Contains(after, trigger.Tag);
            if (had != has && has == (trigger.Change == TagChange.Added))
            {
                List<EvaluatedValue> looked = [new EvaluatedValue("tags", has ? "contains" : "doesNotContain", trigger.Tag, trigger.Tag, true)];
                Walk.Start(turn, Entry.Admit(turn, journey, looked, turn.Event?.MessageId));
            }
        }
    }
}
