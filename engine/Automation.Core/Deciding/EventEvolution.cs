using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>What an event does to its contact: history, attributes, identities, tags, consent.</summary>
internal static class EventEvolution
{
    /// <summary>Traits that are not attributes: they have a meaning of their own.</summary>
    private const string ConsentTrait = "consent";
    private const string TagsTrait = "tags";

    public static Contact Apply(Contact contact, ContactEvent happened)
    {
        var identities = Link(contact.Identities, happened.Identities);
        if (identities != contact.Identities)
        {
            contact = contact with { Identities = identities };
        }
        var firstSeen = Instant.Min(contact.FirstSeen, happened.OccurredAt);
        if (!happened.IsBehaviour)
        {
            contact = contact with { FirstSeen = firstSeen };
            return happened.Type == EventType.Identify ? ApplyTraits(contact, happened) : contact;
        }
        return contact with
        {
            FirstSeen = firstSeen,
            Histories = Histories.Add(contact.Histories, happened),
            LastActivity = contact.LastActivity is { } last ? Instant.Max(last, happened.OccurredAt) : happened.OccurredAt,
        };
    }

    private static Contact ApplyTraits(Contact contact, ContactEvent happened)
    {
        var attributes = contact.Attributes;
        foreach (var (name, value) in happened.Properties)
        {
            switch (name)
            {
                case ConsentTrait when value is PropertyBag words:
                    foreach (var (channel, word) in words)
                    {
                        if (WordOf(channel, word, happened.OccurredAt) is { } consent)
                        {
                            contact = contact with { Consents = Consents.Set(contact.Consents, consent) };
                        }
                    }
                    break;
                case TagsTrait when value is IReadOnlyList<object?> tags:
                    contact = contact with { Tags = [.. tags.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };
                    break;
                case var _ when Identity.IsIdentityTrait(name):
                    // The door made an identity of it; a phone number must not stand among the attributes as well.
                    break;
                default:
                    attributes = value is null ? attributes.Without(name) : attributes.With(name, value);
                    break;
            }
        }
        return contact with { Attributes = attributes };
    }

    /// <summary>A plain yes or no, or <c>{ granted, source, evidence }</c>.</summary>
    private static ChannelConsent? WordOf(string channel, object? word, Instant at) => word switch
    {
        bool granted => new ChannelConsent(channel, granted, at, "identify"),
        PropertyBag told when told.Find("granted") is bool granted => new ChannelConsent(
            channel, granted, at, told.Find("source") is string { Length: > 0 and <= 100 } source ? source : "identify",
            ConsentEvidence.Of(told.Find("evidence"))),
        _ => null,
    };

    private static ImmutableArray<Identity> Link(ImmutableArray<Identity> known, ImmutableArray<Identity> brought)
    {
        foreach (var identity in brought)
        {
            if (!known.Contains(identity))
            {
                known = known.Add(identity);
            }
        }
        return known;
    }
}
