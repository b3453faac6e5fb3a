using Automation.Core.Contacts;

namespace Automation.Core.Deciding;

/// <summary>The core's answer to one stimulus.</summary>
/// <param name="Contact">The contact after it: the fold of the event (if it was one) and <paramref name="Facts"/>.</param>
/// <param name="FactsBeforeEvent">How many of the facts came before the event was applied (deadlines that lay before its time): they
/// stand before it in the ledger, so that folding in ledger order gives the same state. 0 for other stimuli.</param>
public readonly record struct Decision(
    Contact Contact, IReadOnlyList<Fact> Facts, IReadOnlyList<Effect> Effects, int FactsBeforeEvent = 0);
