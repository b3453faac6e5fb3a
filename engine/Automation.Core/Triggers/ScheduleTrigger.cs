using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Steps;

namespace Automation.Core.Triggers;

/// <summary>A calendar fired; each contact is asked once for each time it fired.</summary>
internal static class ScheduleTrigger
{
    public static void Fire(Turn turn, Stimulus.ScheduleFired fired)
    {
        if (turn.Journeys.FindCurrent(fired.Journey) is not { Document.Trigger: Trigger.OnSchedule } journey)
        {
            turn.Reject("schedule", Reasons.UnknownJourney, $"Expected a published journey with a schedule, but '{fired.Journey}' is none.");
            return;
        }
        // A sweep that is repeated after a crash asks the same people again: the time it fired for says who was asked.
        if (Contacts.Memories.Find(turn.Contact.Memories, journey.Key)?.FiredFor is { } last && last >= fired.FiredAt)
        {
            return;
        }
        turn.Record(new JourneyFact.TriggerFired(journey.Key, journey.Version, fired.FiredAt, fired.FiredAt));
        Walk.Start(turn, Entry.Admit(turn, journey, [], eventId: null));
    }
}
