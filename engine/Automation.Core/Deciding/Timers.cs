using Automation.Core.Primitives;
using Automation.Core.Steps;
using Automation.Core.Triggers;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>Deadlines that have come, one after the other in time order.</summary>
internal static class Timers
{
    /// <summary>How many deadlines one stimulus takes; the rest comes with the next timer, so no contact can hold up a batch.</summary>
    private const int DeadlinesMax = 200;

    /// <summary>Everything due at or before now.</summary>
    public static void Due(Turn turn) => Run(turn, turn.Now);

    /// <summary>Everything due before an event: an event at the very time of a deadline comes before it.</summary>
    public static void Before(Turn turn, Instant occurredAt) => Run(turn, Instant.Min(occurredAt - Duration.Epsilon, turn.Now));

    private static void Run(Turn turn, Instant upTo)
    {
        for (var taken = 0; taken < DeadlinesMax; taken++)
        {
            if (Deadlines.Earliest(turn.Journeys, turn.Contact) is not { } deadline || deadline.At > upTo)
            {
                return;
            }
            var before = turn.Contact;
            Take(turn, deadline);
            Reactions.Settle(turn, before);
            Invariant.Holds(
                Deadlines.Earliest(turn.Journeys, turn.Contact) != deadline || !ReferenceEquals(before, turn.Contact),
                "Expected a deadline to be gone once it was taken, but it stands.");
        }
    }

    private static void Take(Turn turn, Deadline deadline)
    {
        switch (deadline.Kind)
        {
            case DeadlineKind.Message:
                Sending.MessageTimers.Due(turn, turn.Contact.Messages[deadline.Index]);
                break;
            case DeadlineKind.Enrollment:
                Walk.WakeUp(turn, turn.Contact.Enrollments[deadline.Index]);
                break;
            case DeadlineKind.Goal:
                var goal = turn.Contact.Goals[deadline.Index];
                turn.Record(new JourneyFact.GoalMissed(goal.Journey, goal.Version, goal.Ordinal));
                break;
            case DeadlineKind.Armed:
                NotDoneTrigger.Fire(turn, turn.Contact.Armed[deadline.Index]);
                break;
            case DeadlineKind.Dormant:
                DormantTrigger.Fire(turn, turn.Journeys.Dormant[deadline.Index], deadline.At);
                break;
            case DeadlineKind.Date:
                DateTrigger.Fire(turn, turn.Journeys.Dates[deadline.Index], deadline.At);
                break;
            default:
                throw new InvalidOperationException($"Expected a known deadline, but got {deadline.Kind}.");
        }
    }
}
