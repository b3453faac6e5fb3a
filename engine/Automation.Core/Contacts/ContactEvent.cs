using System.Collections.Immutable;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>What kind of call brought an event, after the Segment tracking API.</summary>
public enum EventType
{
    Track,
    Identify,
    Group,
    Alias,
    Page,
    Screen,
}

/// <summary>
/// Something a contact did. <see cref="Name"/> is what journeys speak of: the event's own name for track, and
/// <c>group_joined</c>, <c>page</c>, <c>screen</c>, <c>identify</c>, <c>alias</c> for the other calls.
/// </summary>
/// <param name="MessageId">Unique; the same id twice is one event.</param>
/// <param name="OccurredAt">When it happened, after correction for the sender's clock; never after <paramref name="ReceivedAt"/>.</param>
/// <param name="Properties">Properties, or traits for identify.</param>
/// <param name="Identities">The identities it came with; they find (or make) the contact and are linked to it.</param>
/// <param name="EmitDepth">How many <c>emit</c> steps stand between this event and the outside world; 0 for what came from outside.</param>
/// <param name="History">True for imported history: it counts in histories and starts nothing.</param>
public sealed record ContactEvent(
    string MessageId,
    EventType Type,
    string Name,
    Instant OccurredAt,
    Instant ReceivedAt,
    PropertyBag Properties,
    ImmutableArray<Identity> Identities,
    int EmitDepth = 0,
    bool History = false)
{
    public const string GroupJoined = "group_joined";
    public const string MessageReceived = "message_received";

    /// <summary>Whether it is behaviour, and so counts in histories and as activity: everything but identify and alias.</summary>
    public bool IsBehaviour => Type is not (EventType.Identify or EventType.Alias);
}
