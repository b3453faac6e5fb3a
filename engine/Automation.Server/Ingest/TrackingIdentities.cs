using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Primitives;

namespace Automation.Server.Ingest;

/// <summary>Who a call is about: the ids it names, and the traits that are identities.</summary>
internal static class TrackingIdentities
{
    /// <summary>The user id first, because it decides; then the others in the order in which they stand.</summary>
    public static ImmutableArray<Identity> Of(in TrackingCall call, List<Identity>? beside)
    {
        List<Identity>? found = null;
        Add(ref found, Identity.UserId, call.UserId);
        Add(ref found, Identity.AnonymousId, call.AnonymousId);
        if (call.Type == EventType.Alias)
        {
            // Segment does not say which of the two it was before.
            Add(ref found, Identity.AnonymousId, call.PreviousId);
            Add(ref found, Identity.UserId, call.PreviousId);
        }
        if (call.Type == EventType.Identify)
        {
            AddTraits(ref found, call.Traits);
        }
        AddAll(ref found, call.ContextIdentities);
        AddAll(ref found, beside);
        return found is null ? [] : [.. found];
    }

    public static void AddTraits(ref List<Identity>? found, PropertyBag traits)
    {
        for (var i = 0; i < traits.Count; i++)
        {
            var (name, value) = traits.At(i);
            if (Identity.IsIdentityTrait(name))
            {
                Add(ref found, name, PropertyValues.Text(value));
            }
        }
    }

    /// <summary>Segment's <c>externalIds</c>; those of types that are no identities here, such as advertising ids, are left out.</summary>
    public static void AddExternal(ref List<Identity>? found, IReadOnlyList<object?> ids)
    {
        foreach (var id in ids)
        {
            if (id is PropertyBag entry
                && entry.Find("type") is string type
                && (type is Identity.UserId or Identity.AnonymousId || Identity.IsIdentityTrait(type)))
            {
                Add(ref found, type, PropertyValues.Text(entry.Find("id")));
            }
        }
    }

    private static void AddAll(ref List<Identity>? found, List<Identity>? more)
    {
        foreach (var identity in more ?? [])
        {
            Add(ref found, identity.Type, identity.Value);
        }
    }

    private static void Add(ref List<Identity>? found, string type, string? value)
    {
        value = type == Identity.Phone && value is not null ? PhoneNumbers.Normalize(value) : value;
        if (string.IsNullOrWhiteSpace(value) || value.Length > IngestLimits.IdentityLengthMax || type.Length > IngestLimits.NameLengthMax)
        {
            return;
        }
        var identity = new Identity(type, value);
        found ??= new List<Identity>(4);
        if (!found.Contains(identity))
        {
            found.Add(identity);
        }
    }
}
