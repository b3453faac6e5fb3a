using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Steps;
using Automation.Core.Workspaces;
using NodaTime;

namespace Automation.Core.Triggers;

/// <summary>A segment that some journey's trigger watches, with those journeys.</summary>
/// <param name="SavedAt">When it, or one it asks for, was defined last.</param>
internal sealed record WatchedSegment(string Key, CompiledRule? Rule, ImmutableArray<PublishedJourney> Journeys, Instant? SavedAt)
{
    public static ImmutableArray<WatchedSegment> Of(
        ImmutableArray<PublishedJourney> journeys, ImmutableArray<Segment> segments, SegmentRules rules) =>
    [
        .. journeys.Where(journey => journey.Document.Trigger is Trigger.OnSegment)
            .GroupBy(journey => ((Trigger.OnSegment)journey.Document.Trigger).Segment, StringComparer.Ordinal)
            .Where(group => segments.Any(segment => segment.Key == group.Key))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new WatchedSegment(
                group.Key, rules.Find(group.Key), [.. group],
                segments.Where(segment => rules.Depends(group.Key, segment.Key)).Max(segment => segment.SavedAt))),
    ];

    /// <summary>An imported list has no rule: membership is what the import set.</summary>
    public bool Matches(in RuleContext context) =>
        Rule is null ? SortedSet.Contains(context.Contact.Lists, Key) : Rule.Matches(context);
}

/// <summary>
/// Entering and leaving watched segments, noticed at every stimulus; where only time changes the answer, the rule names the next
/// moment and that is one more deadline, so no scan over everybody is ever needed.
/// </summary>
internal static class SegmentWatch
{
    public static Instant? NextChange(JourneySet journeys, Contact contact, Instant now)
    {
        if (journeys.WatchedSegments.IsEmpty || contact.MergedInto is not null)
        {
            return null;
        }
        Instant? next = null;
        var zone = journeys.ZoneOf(contact.Attributes.Find("time_zone") as string);
        var context = new RuleContext(contact, null, null, null, now, zone, journeys.SegmentRules);
        foreach (var segment in journeys.WatchedSegments)
        {
            if (segment.Rule?.NextChange(context) is { } change && (next is null || change < next))
            {
                next = change;
            }
        }
        // Stores keep whole milliseconds; rounding down would wake up too early and find nothing changed.
        return next is { } exact ? CeilingToMillisecond(exact) : null;
    }

    private static Instant CeilingToMillisecond(Instant exact)
    {
        var floor = Instant.FromUnixTimeMilliseconds(exact.ToUnixTimeMilliseconds());
        return floor == exact ? exact : floor + Duration.FromMilliseconds(1);
    }

    public static void Settle(Turn turn)
    {
        if (turn.Journeys.WatchedSegments.IsEmpty || turn.Contact.MergedInto is not null)
        {
            return;
        }
        foreach (var segment in turn.Journeys.WatchedSegments)
        {
            var context = turn.Rules(withEvent: false);
            var isIn = segment.Matches(context);
            if (isIn == SortedSet.Contains(turn.Contact.Segments, segment.Key))
            {
                continue;
            }
            // Changes are rare and this runs at every stimulus: only a change is worth the trace of what was looked at.
            var looked = new List<EvaluatedValue>();
            segment.Rule?.Matches(context, looked);
            turn.Record(isIn
                ? new ContactFact.SegmentEntered(segment.Key) { Looked = turn.Looked(looked) }
                : new ContactFact.SegmentLeft(segment.Key) { Looked = turn.Looked(looked) });
            foreach (var journey in segment.Journeys)
            {
                Fire(turn, segment, journey, isIn);
            }
        }
    }

    private static void Fire(Turn turn, WatchedSegment segment, PublishedJourney journey, bool isIn)
    {
        var change = ((Trigger.OnSegment)journey.Document.Trigger).Change;
        if (change != (isIn ? SegmentChange.Entered : SegmentChange.Left))
        {
            return;
        }
        List<EvaluatedValue> looked = [new EvaluatedValue("segments", isIn ? "contains" : "doesNotContain", segment.Key, segment.Key, true)];
        if (isIn && WasInAtPublication(turn, segment, journey))
        {
            Entry.Refuse(turn, journey, Reasons.ExistingNotCounted, looked);
            return;
        }
        Walk.Start(turn, Entry.Admit(turn, journey, looked, turn.Event?.MessageId));
    }

    /// <summary>
    /// Someone untouched since publication who matched then was there before: not an entry, unless those count. Where the segment was
    /// defined anew since, publication's own sweep had ended before, so whoever was there is known to be, and this one was not.
    /// </summary>
    private static bool WasInAtPublication(Turn turn, WatchedSegment segment, PublishedJourney journey) =>
        !journey.CountExisting
        && journey.PublishedAt is { } published
        && !(segment.SavedAt > published)
        && turn.Contact.FirstSeen <= published
        && (turn.Contact.LastActivity is not { } last || last <= published)
        && segment.Matches(turn.Rules(withEvent: false) with { Now = published });
}
