using Automation.Core.Contacts;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>What a fact needs beside itself to be applied: both are recorded elsewhere, so facts need not repeat them.</summary>
/// <param name="Event">The event that caused the fact, where an event did: the contact's last recorded event before the fact.</param>
/// <param name="Other">For <see cref="ContactFact.ContactAbsorbed"/>: the other contact as it stood.</param>
public readonly record struct FoldContext(ContactEvent? Event, Contact? Other);

/// <summary>State as the fold of recorded events and facts. No decisions here: a fact carries its results.</summary>
public static class Evolution
{
    public static Contact Apply(Contact contact, ContactEvent happened) => EventEvolution.Apply(contact, happened);

    public static Contact Apply(Contact contact, Fact fact, Instant at, FoldContext context = default) => fact switch
    {
        StepFact step => StepEvolution.Apply(contact, step, at, context),
        JourneyFact journey => JourneyEvolution.Apply(contact, journey, at, context),
        ContactFact own => ContactEvolution.Apply(contact, own, at, context),
        WorkspaceFact => contact,
        _ => throw new InvalidOperationException($"Expected a fact of a known family, but got {fact.GetType().Name}."),
    };
}
