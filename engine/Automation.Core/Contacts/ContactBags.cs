using System.Collections.Immutable;
using Automation.Core.Primitives;

namespace Automation.Core.Contacts;

/// <summary>All places of a contact in which values from outside stand, so that masking and encrypting forget none.</summary>
public static class ContactBags
{
    /// <summary>The contact with each bag and its identities exchanged. Gives the contact itself where nothing changed.</summary>
    public static Contact Map(Contact contact, Func<PropertyBag, PropertyBag> bag, Func<ImmutableArray<Identity>, ImmutableArray<Identity>> identities)
    {
        var attributes = bag(contact.Attributes);
        var names = contact.Identities.IsEmpty ? contact.Identities : identities(contact.Identities);
        var enrollments = Items(contact.Enrollments, one => Map(one, bag));
        var consents = Items(
            contact.Consents,
            one => one.Evidence is { } evidence && bag(evidence) is var seen && !ReferenceEquals(seen, evidence) ? one with { Evidence = seen } : one);
        var armed = Items(contact.Armed, one => bag(one.Event) is var seen && ReferenceEquals(seen, one.Event) ? one : one with { Event = seen });
        return ReferenceEquals(attributes, contact.Attributes) && names == contact.Identities && enrollments == contact.Enrollments && consents == contact.Consents && armed == contact.Armed
            ? contact
            : contact with { Attributes = attributes, Identities = names, Enrollments = enrollments, Consents = consents, Armed = armed };
    }

    private static Enrollment Map(Enrollment enrollment, Func<PropertyBag, PropertyBag> bag)
    {
        var seen = bag(enrollment.Event);
        var results = Items(
            enrollment.Results, one => bag(one.Values) is var values && ReferenceEquals(values, one.Values) ? one : one with { Values = values });
        return ReferenceEquals(seen, enrollment.Event) && results == enrollment.Results ? enrollment : enrollment with { Event = seen, Results = results };
    }

    /// <summary>The same array where no item changed.</summary>
    private static ImmutableArray<T> Items<T>(ImmutableArray<T> items, Func<T, T> map)
    {
        ImmutableArray<T>.Builder? changed = null;
        for (var i = 0; i < items.Length; i++)
        {
            var now = map(items[i]);
            if (changed is null && EqualityComparer<T>.Default.Equals(now, items[i]))
            {
                continue;
            }
            changed ??= items.ToBuilder();
            changed[i] = now;
        }
        return changed?.MoveToImmutable() ?? items;
    }
}
