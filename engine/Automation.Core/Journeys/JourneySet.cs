using System.Collections.Frozen;
using System.Collections.Immutable;
using Automation.Core.Rules;
using Automation.Core.Sending;
using Automation.Core.Triggers;
using Automation.Core.Workspaces;
using NodaTime;

namespace Automation.Core.Journeys;

/// <summary>All published journeys, compiled: what <c>Decide</c> is given. Immutable; a change of any definition makes a new one.</summary>
public sealed class JourneySet
{
    public static readonly JourneySet Empty = Build(new JourneySetSource());

    private readonly FrozenDictionary<string, ImmutableArray<PublishedJourney>> _versions;
    private readonly FrozenDictionary<string, ImmutableArray<EventListener>> _listeners;
    private readonly FrozenDictionary<string, CompiledTemplate> _templates;
    private readonly FrozenDictionary<string, AccountTraits> _accounts;
    private readonly DateTimeZone _zone;
    private readonly SegmentRules _segments;

    private JourneySet(JourneySetSource source)
    {
        Source = source;
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(source.Settings.TimeZone)
            ?? DateTimeZoneProviders.Tzdb[WorkspaceSettings.DefaultZone];
        var journeys = source.Journeys.Select(version => new PublishedJourney(version)).ToImmutableArray();
        _versions = journeys.GroupBy(journey => journey.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        Current = [.. journeys.Where(journey => journey.Current).OrderBy(journey => journey.Key, StringComparer.Ordinal)];
        _listeners = EventListener.Of(Current);
        Keywords = [.. Current.Where(journey => journey.Document.Trigger is Trigger.OnKeyword)];
        Dormant = [.. Current.Where(journey => journey.Document.Trigger is Trigger.OnDormant)];
        Dates = [.. Current.Where(journey => journey.Document.Trigger is Trigger.OnDate)];
        Tags = [.. Current.Where(journey => journey.Document.Trigger is Trigger.OnTag)];
        _segments = Rules.SegmentRules.Compile(source.Segments);
        WatchedSegments = WatchedSegment.Of(Current, source.Segments, _segments);
        _templates = source.Templates.ToFrozenDictionary(template => template.Key, template => new CompiledTemplate(template), StringComparer.Ordinal);
        _accounts = source.Accounts.ToFrozenDictionary(account => account.Key, StringComparer.Ordinal);
    }

    public JourneySetSource Source { get; }

    public WorkspaceSettings Settings => Source.Settings;

    /// <summary>The published version of each journey, by key.</summary>
    internal ImmutableArray<PublishedJourney> Current { get; }

    internal ImmutableArray<PublishedJourney> Keywords { get; }

    internal ImmutableArray<PublishedJourney> Dormant { get; }

    internal ImmutableArray<PublishedJourney> Dates { get; }

    internal ImmutableArray<PublishedJourney> Tags { get; }

    internal ISegmentRules SegmentRules => _segments;

    internal ImmutableArray<WatchedSegment> WatchedSegments { get; }

    public static JourneySet Build(JourneySetSource source) => new(source);

    /// <summary>What each current journey's trigger is, for those who schedule and sweep.</summary>
    public IEnumerable<(string Key, int Version, Trigger Trigger)> CurrentTriggers =>
        Current.Select(journey => (journey.Key, journey.Version, journey.Document.Trigger));

    /// <summary>The journeys that contacts may enter because this segment is defined anew, in the order of their keys.</summary>
    public IEnumerable<string> Watching(string segment) =>
        WatchedSegments.Where(watched => _segments.Depends(watched.Key, segment))
            .SelectMany(watched => watched.Journeys).Select(journey => journey.Key).Order(StringComparer.Ordinal);

    internal PublishedJourney? Find(string key, int version)
    {
        foreach (var journey in _versions.GetValueOrDefault(key, []))
        {
            if (journey.Version == version)
            {
                return journey;
            }
        }
        return null;
    }

    internal PublishedJourney? FindCurrent(string key)
    {
        foreach (var journey in _versions.GetValueOrDefault(key, []))
        {
            if (journey.Current)
            {
                return journey;
            }
        }
        return null;
    }

    /// <summary>The journeys that an event of this name concerns.</summary>
    internal ImmutableArray<EventListener> Listeners(string eventName) => _listeners.GetValueOrDefault(eventName, []);

    internal CompiledTemplate? FindTemplate(string key) => _templates.GetValueOrDefault(key);

    internal AccountTraits? FindAccount(string key) => _accounts.GetValueOrDefault(key);

    /// <summary>A contact's own zone, or the workspace's where it has none or one that no one knows.</summary>
    /// <summary>The day on the workspace's calendar.</summary>
    public LocalDate DayOf(Instant at) => at.InZone(_zone).Date;

    internal DateTimeZone ZoneOf(string? name) => name is null ? _zone : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? _zone;
}
