using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using NodaTime;

namespace Automation.Core.Triggers;

/// <summary>When a contact would enter a journey that is about to be published.</summary>
public enum Prospect
{
    /// <summary>Not within a day, or nobody can know.</summary>
    None,

    /// <summary>The trigger matches already: enters at once, if those who match already may.</summary>
    Already,

    /// <summary>Its time comes within a day; or, where an event starts it, the event came within the last one.</summary>
    Soon,
}

/// <summary>Who would enter, by the very code that enrols. It decides nothing: the turns it asks are thrown away.</summary>
public sealed class Forecast
{
    private static readonly Duration Ahead = Duration.FromDays(1);

    private readonly JourneySet _set;
    private readonly PublishedJourney _journey;
    private readonly Instant _now;

    /// <param name="world">What is published now: its segments and settings hold, and nothing else of it.</param>
    /// <param name="draft">The journey as it would be published at <paramref name="now"/>.</param>
    public Forecast(JourneySet world, Journey draft, Instant now)
    {
        var version = new JourneyVersion(draft, 1, Current: true, PublishedAt: now, CountExisting: true);
        _set = JourneySet.Build(world.Source with { Journeys = [version] });
        _journey = _set.Current[0];
        _now = now;
    }

    /// <summary>Whether anything can be said: what a calendar or a person starts, and what a tag does, depends on what nobody knows.</summary>
    public bool IsKnown => _journey.Document.Trigger
        is Trigger.OnEvent or Trigger.OnNotDone or Trigger.OnKeyword or Trigger.OnDormant or Trigger.OnDate or Trigger.OnSegment { Change: SegmentChange.Entered };

    public Prospect Of(Contact contact)
    {
        if (contact.MergedInto is not null)
        {
            return Prospect.None;
        }
        var prospect = _journey.Document.Trigger switch
        {
            Trigger.OnDormant => When(DormantTrigger.Due(_journey, contact)),
            Trigger.OnDate => When(DateTrigger.Due(_journey, contact, _set)),
            Trigger.OnSegment => IsInside(contact) ? Prospect.Already : Prospect.None,
            Trigger.OnEvent happened => Lately(contact, happened.Event, isFirst: happened.Occurrence == 1),
            Trigger.OnNotDone half => Lately(contact, half.Did.Event, isFirst: false),
            Trigger.OnKeyword => Lately(contact, ContactEvent.MessageReceived, isFirst: false),
            _ => Prospect.None,
        };
        return prospect != Prospect.None && MayEnter(contact) ? prospect : Prospect.None;
    }

    private bool MayEnter(Contact contact)
    {
        var turn = new Turn(_set, contact, _now);
        // The event that would be the key of such an entry has not happened yet.
        return _journey.Document.Entry.Repeat == EntryRepeat.Per
            ? _journey.Audience.Matches(turn.Rules())
            : Entry.Admit(turn, _journey, [], eventId: null) is not null;
    }

    private Prospect When(Instant? due) => due is not { } at || at > _now + Ahead ? Prospect.None : at <= _now ? Prospect.Already : Prospect.Soon;

    private bool IsInside(Contact contact)
    {
        var rules = new Turn(_set, contact, _now).Rules(withEvent: false);
        return !_set.WatchedSegments.IsEmpty && _set.WatchedSegments[0].Matches(rules);
    }

    private Prospect Lately(Contact contact, string name, bool isFirst) =>
        Histories.Find(contact.Histories, name) is { } history && (isFirst ? history.First : history.Last) > _now - Ahead ? Prospect.Soon : Prospect.None;
}
