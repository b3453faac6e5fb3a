using System.Text.Json;
using Automation.Connectors;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ingest;
using NodaTime;

namespace Automation.Server.Ingest;

/// <summary>Makes of what a vendor told, by a callback or in its list, an event like any other.</summary>
internal static class InboundEvents
{
    /// <summary>What a vendor may know a contact by besides its own address.</summary>
    private static readonly string[] LinkedTypes = [Identity.UnionId, Identity.Phone, Identity.UserId];

    /// <summary>The vendor's id alone may be another vendor's too, so the account stands before it.</summary>
    public static ContactEvent Read(string account, InboundEvent one, Instant now)
    {
        var properties = one.Properties.ValueKind == JsonValueKind.Object
            ? PropertyJson.Parse(JsonSerializer.SerializeToUtf8Bytes(one.Properties))
            : PropertyBag.Empty;
        var type = one.Name switch
        {
            ContactEvent.GroupJoined => EventType.Group,
            InboundEvent.Identify => EventType.Identify,
            _ => EventType.Track,
        };
        var raw = new ContactEvent(
            $"{account}:{one.MessageId}", type, one.Name, Instant.FromDateTimeOffset(one.OccurredAt), now, properties,
            [IdentityOf(one.Identity.Type, one.Identity.Value), .. type == EventType.Identify ? IdentitiesIn(properties) : []],
            History: one.IsHistory);
        return EventDoor.Admit(raw, null, now);
    }

    private static Identity IdentityOf(string type, string value) =>
        new(type, type == Identity.Phone ? PhoneNumbers.Normalize(value) ?? value : value);

    private static IEnumerable<Identity> IdentitiesIn(PropertyBag traits) =>
        from type in LinkedTypes
        let value = traits.Find(type) as string
        where !string.IsNullOrEmpty(value)
        select IdentityOf(type, value);
}
