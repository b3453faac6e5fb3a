using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>What facts about the contact itself change.</summary>
internal static class ContactEvolution
{
    public static Contact Apply(Contact contact, ContactFact fact, Instant at, FoldContext context) => fact switch
    {
        ContactFact.StimulusRejected or ContactFact.EventTooLate or ContactFact.PersonalSeen or ContactFact.PersonalExported => contact,
        ContactFact.TagsChanged tags => contact with { Tags = SortedSet.Change(contact.Tags, tags.Added, tags.Removed) },
        ContactFact.ListsChanged lists => contact with { Lists = SortedSet.Change(contact.Lists, lists.Added, lists.Removed) },
        ContactFact.ConsentChanged word => contact with
        {
            Consents = Consents.Set(contact.Consents, new ChannelConsent(word.Channel, word.Granted, word.GivenAt ?? at, word.Source, word.Evidence)),
        },
        ContactFact.QuotaChanged quota => contact with { Quotas = Quotas.Add(contact.Quotas, quota.Quota, quota.Amount) },
        ContactFact.SegmentEntered entered => contact with { Segments = SortedSet.Change(contact.Segments, [entered.Segment], []) },
        ContactFact.SegmentLeft left => contact with { Segments = SortedSet.Change(contact.Segments, [], [left.Segment]) },
        ContactFact.ContactErased => new Contact(contact.Id, contact.FirstSeen) { MergedInto = Contact.Nobody },
        ContactFact.ContactAbsorbed absorbed => Merging.Absorb(contact, Known(context.Other, absorbed.Other)),
        ContactFact.ContactMerged merged => new Contact(contact.Id, contact.FirstSeen) { MergedInto = merged.Survivor },
        _ => throw new InvalidOperationException($"Expected a known contact fact, but got {fact.GetType().Name}."),
    };

    private static Contact Known(Contact? other, long id)
    {
        Invariant.Holds(other?.Id == id, "Expected the absorbed contact beside its fact, but it was not given.");
        return other!;
    }
}
