using Automation.Core.Contacts;

namespace Automation.Core.Deciding;

/// <summary>The core's answer to one stimulus.</summary>
/// <param name="Contact">The contact after it: the fold of the event (if it was one) and <paramref name="Facts"/>.</param>
public readonly record struct Decision(Contact Contact, IReadOnlyList<Fact> Facts, IReadOnlyList<Effect> Effects);
