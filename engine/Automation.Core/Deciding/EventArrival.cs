using Automation.Core.Contacts;
using Automation.Core.Rules;
using Automation.Core.Steps;
using Automation.Core.Steps.WaitFor;
using Automation.Core.Triggers;

namespace Automation.Core.Deciding;

/// <summary>
/// An event, in this order: deadlines before its time, then the event itself into the history, then goals, exits, waits for it, and
/// last the journeys it may start. So it counts for those on the way before it makes anyone new, and an exit comes before a wait.
/// </summary>
internal static class EventArrival
{
    public static void Apply(Turn turn, ContactEvent happened)
    {
        if (!happened.History)
        {
            Timers.Before(turn, happened.OccurredAt);
            SegmentWatch.Settle(turn);
        }
        turn.Happened(happened);
        if (happened.History)
        {
            return; // Imported history counts and starts nothing.
        }
        VendorWords.Hear(turn, happened);
        var tooLate = happened.OccurredAt < turn.Now - turn.Journeys.Settings.LateAfter;
        if (tooLate)
        {
            turn.Record(new ContactFact.EventTooLate(happened.Name, happened.MessageId, happened.OccurredAt) { Reason = Reasons.TooLate });
        }
        ReachGoals(turn, happened);
        Exit(turn, happened);
        Hear(turn, happened);
        EventTriggers.Fire(turn, happened, tooLate);
    }

    private static void ReachGoals(Turn turn, ContactEvent happened)
    {
        foreach (var watch in turn.Contact.Goals)
        {
            var journey = turn.Journeys.Find(watch.Journey, watch.Version);
            if (journey?.Goal is not { } goal
                || goal.Event != happened.Name
                || watch.EventId == happened.MessageId
                || happened.OccurredAt < watch.EnrolledAt
                || (watch.Until is { } until && happened.OccurredAt > until))
            {
                continue;
            }
            var looked = new List<EvaluatedValue>();
            if (goal.Where.Matches(turn.Rules(turn.Find(watch.Ordinal)), looked))
            {
                decimal? value = journey.Document.Goal!.Value is { } property
                    && Primitives.PropertyValues.TryNumber(happened.Properties.Find(property), out var number) ? number : null;
                turn.Record(new JourneyFact.GoalReached(watch.Journey, watch.Version, watch.Ordinal, happened.MessageId, value)
                {
                    Looked = turn.Looked(looked),
                });
            }
        }
    }

    private static void Exit(Turn turn, ContactEvent happened)
    {
        foreach (var enrollment in turn.Contact.Enrollments)
        {
            if (Concerns(happened, enrollment) && turn.Journeys.Find(enrollment.Journey, enrollment.Version) is { } journey)
            {
                foreach (var exit in journey.Exits)
                {
                    var looked = new List<EvaluatedValue>();
                    if (exit.Event == happened.Name && exit.Where.Matches(turn.Rules(enrollment), looked))
                    {
                        Walk.Exit(turn, enrollment, Reasons.ExitRule, happened.MessageId, turn.Looked(looked));
                        break;
                    }
                }
            }
        }
    }

    private static void Hear(Turn turn, ContactEvent happened)
    {
        foreach (var before in turn.Contact.Enrollments)
        {
            // Hearing one may end another, so each is looked up anew.
            if (before.Status == EnrollmentStatus.WaitingForEvent
                && turn.Find(before.Ordinal) is { Status: EnrollmentStatus.WaitingForEvent } enrollment
                && Concerns(happened, enrollment)
                && turn.Journeys.Find(enrollment.Journey, enrollment.Version)?.FindStep(enrollment.Step) is WaitForStep step
                && step.Hear(turn, enrollment, happened) is { } move)
            {
                Walk.Follow(turn, enrollment.Ordinal, move);
            }
        }
    }

    /// <summary>The event that enrolled the contact, and what happened before, are not news for the enrollment.</summary>
    private static bool Concerns(ContactEvent happened, Enrollment enrollment) =>
        enrollment.EventId != happened.MessageId && happened.OccurredAt >= enrollment.EnrolledAt;
}
