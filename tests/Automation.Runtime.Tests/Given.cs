using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Runtime.Tests;

/// <summary>Short ways to write the events that tests are about.</summary>
internal static class Given
{
    public static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 4, 0);

    public static ContactEvent Track(string id, string user, string name = "page_seen", Instant? at = null, PropertyBag? properties = null) =>
        Event(id, EventType.Track, name, at, properties, new Identity(Identity.UserId, user));

    public static ContactEvent Event(
        string id, EventType type, string name, Instant? at, PropertyBag? properties, params ImmutableArray<Identity> identities) =>
        new(id, type, name, at ?? Noon, at ?? Noon, properties ?? PropertyBag.Empty, identities);

    public static ContactEvent Identify(string id, params ImmutableArray<Identity> identities) =>
        Event(id, EventType.Identify, "identify", null, null, identities);

    public static ContactEvent Alias(string id, params ImmutableArray<Identity> identities) =>
        Event(id, EventType.Alias, "alias", null, null, identities);

    public static Identity User(string value) => new(Identity.UserId, value);

    public static Identity Anonymous(string value) => new(Identity.AnonymousId, value);

    public static Identity Phone(string value) => new(Identity.Phone, value);
}
