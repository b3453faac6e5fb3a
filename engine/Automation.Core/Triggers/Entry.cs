using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using NodaTime;

namespace Automation.Core.Triggers;

/// <summary>
/// The door of a journey. Its questions come in a fixed order, and the first no is the fact: trigger, audience,
/// already enrolled, entered before, too late, held out, paused.
/// </summary>
internal static class Entry
{
    /// <summary>How many enrollments one contact may have at a time.</summary>
    public const int EnrollmentsMax = 200;

    /// <summary>Asks everything after the trigger, and enrols. The enrollment has not entered its first step yet.</summary>
    /// <param name="looked">What the trigger looked at; the audience adds to it.</param>
    /// <param name="eventId">The event that enrols, if one does.</param>
    /// <param name="properties">What <c>event.*</c> shall be where no recorded event stands behind the entry.</param>
    /// <returns>The enrollment, or null where the door stayed shut.</returns>
    public static Enrollment? Admit(
        Turn turn, PublishedJourney journey, List<EvaluatedValue> looked, string? eventId,
        PropertyBag? properties = null, bool tooLate = false, PropertyBag? eventSeen = null)
    {
        var context = turn.Rules() with { Event = eventSeen ?? properties ?? turn.Event?.Properties };
        if (!journey.Audience.Matches(context, looked))
        {
            return Refuse(turn, journey, Reasons.AudienceNotMatched, looked);
        }
        var key = KeyOf(journey, context);
        if (RepeatRefusal(turn, journey, key, looked) is { } reason)
        {
            return Refuse(turn, journey, reason, looked);
        }
        if (tooLate)
        {
            looked.Add(new EvaluatedValue("event.age", "<=", RelativeTime.Text(turn.Journeys.Settings.LateAfter), RelativeTime.Text(Duration.FromHours((long)(turn.Now - turn.Moment).TotalHours)), false));
            return Refuse(turn, journey, Reasons.TooLate, looked);
        }
        if (IsHeldOut(turn, journey, looked))
        {
            return Refuse(turn, journey, Reasons.HeldOut, looked);
        }
        if (journey.Pause is not null)
        {
            return Refuse(turn, journey, Reasons.JourneyPaused, looked);
        }
        if (turn.Contact.Enrollments.Length >= EnrollmentsMax)
        {
            return Refuse(turn, journey, Reasons.TooManyEnrollments, looked);
        }

        var ordinal = turn.Contact.NextEnrollment;
        turn.Record(new JourneyFact.Enrolled(journey.Key, journey.Version, ordinal, key, turn.Moment, eventId, properties)
        {
            Looked = turn.Looked(looked),
        });
        if (journey.Document.Goal is { } goal)
        {
            turn.Record(new JourneyFact.GoalWatched(
                journey.Key, journey.Version, ordinal, turn.Moment, goal.Within is { } within ? turn.Moment + within : null, eventId));
        }
        return turn.Find(ordinal);
    }

    public static Enrollment? Refuse(Turn turn, PublishedJourney journey, string reason, List<EvaluatedValue> looked)
    {
        turn.Record(new JourneyFact.NotEnrolled(journey.Key, journey.Version) { Reason = reason, Looked = turn.Looked(looked) });
        return null;
    }

    /// <summary>The value that keeps several enrollments apart; null where the journey has one at a time, or the value is missing.</summary>
    private static string? KeyOf(PublishedJourney journey, in RuleContext context) =>
        journey.EntryKey is { } source ? PropertyValues.Text(source.Read(context).ToProperty()) : null;

    private static string? RepeatRefusal(Turn turn, PublishedJourney journey, string? key, List<EvaluatedValue> looked)
    {
        var entry = journey.Document.Entry;
        if (entry.Repeat == EntryRepeat.Per && key is null)
        {
            looked.Add(new EvaluatedValue(entry.Per!, "notNull", null, null, false));
            return Reasons.TriggerNotMatched;
        }
        foreach (var enrollment in turn.Contact.Enrollments)
        {
            if (enrollment.Journey == journey.Key && (entry.Repeat != EntryRepeat.Per || enrollment.Key == key))
            {
                looked.Add(new EvaluatedValue("enrollment", "null", null, enrollment.Id(turn.Contact.Id), false));
                return Reasons.AlreadyEnrolled;
            }
        }
        if (Memories.Find(turn.Contact.Memories, journey.Key) is not { LastEnrolledAt: { } last } memory)
        {
            return null;
        }
        var mayEnter = entry.Repeat switch
        {
            EntryRepeat.Always => true,
            EntryRepeat.After => last + entry.After!.Value <= turn.Moment,
            EntryRepeat.Per => !memory.Keys.Contains(key!),
            _ => false,
        };
        if (mayEnter)
        {
            return null;
        }
        looked.Add(new EvaluatedValue("enrollment.last", "<=", entry.After is { } after ? $"{RelativeTime.Text(after)} ago" : null, last.ToString(), false));
        return Reasons.EnteredBefore;
    }

    private static bool IsHeldOut(Turn turn, PublishedJourney journey, List<EvaluatedValue> looked)
    {
        var percent = journey.Document.Entry.HoldoutPercent;
        if (percent <= 0)
        {
            return false;
        }
        var draw = (decimal)StableHash.Share(journey.Key, "holdout", Chance.Of(turn.Contact)) * 100;
        if (draw >= percent)
        {
            return false;
        }
        looked.Add(new EvaluatedValue("holdout", ">=", percent, decimal.Round(draw, 4), false));
        return true;
    }
}
