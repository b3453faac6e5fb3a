using System.Collections.Frozen;
using System.Collections.Immutable;
using Automation.Core.Journeys;

namespace Automation.Core.Triggers;

/// <summary>Why a journey listens to an event of some name.</summary>
internal enum ListenerRole
{
    /// <summary>It may enrol.</summary>
    Enrols,

    /// <summary>First half of a <c>not_done</c>.</summary>
    Arms,

    /// <summary>Second half of a <c>not_done</c>.</summary>
    Disarms,
}

/// <summary>A journey's interest in one event name. Built once, so that an event nobody listens to costs one look-up.</summary>
internal sealed record EventListener(PublishedJourney Journey, ListenerRole Role)
{
    public static FrozenDictionary<string, ImmutableArray<EventListener>> Of(ImmutableArray<PublishedJourney> journeys)
    {
        var all = new List<(string Name, EventListener Listener)>();
        foreach (var journey in journeys)
        {
            switch (journey.Document.Trigger)
            {
                case Trigger.OnEvent on:
                    all.Add((on.Event, new EventListener(journey, ListenerRole.Enrols)));
                    break;
                case Trigger.OnNotDone notDone:
                    // Disarming comes first: an event that is both halves ends the old deadline before it starts a new one.
                    all.Add((notDone.ButNot.Event, new EventListener(journey, ListenerRole.Disarms)));
                    all.Add((notDone.Did.Event, new EventListener(journey, ListenerRole.Arms)));
                    break;
                default:
                    break;
            }
        }
        return all.GroupBy(one => one.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(one => one.Listener).ToImmutableArray(), StringComparer.Ordinal);
    }
}
