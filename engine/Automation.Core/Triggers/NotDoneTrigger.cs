using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Rules;
using Automation.Core.Steps;

namespace Automation.Core.Triggers;

/// <summary>
/// Did one thing and not the other within a time. The first half arms a deadline, the second takes it away; while one is armed,
/// doing the first thing again changes nothing, so that a busy shopper is still asked in time.
/// </summary>
internal static class NotDoneTrigger
{
    public static void Arm(Turn turn, PublishedJourney journey, ContactEvent happened)
    {
        if (Find(turn.Contact, journey) is not null)
        {
            return;
        }
        var looked = new List<EvaluatedValue>();
        if (!journey.Trigger.Did!.Where.Matches(turn.Rules(), looked))
        {
            Entry.Refuse(turn, journey, Reasons.TriggerNotMatched, looked);
            return;
        }
        var trigger = (Trigger.OnNotDone)journey.Document.Trigger;
        turn.Record(new JourneyFact.TriggerArmed(journey.Key, journey.Version, happened.MessageId, happened.OccurredAt + trigger.Within)
        {
            Looked = turn.Looked(looked),
        });
    }

    public static void Disarm(Turn turn, PublishedJourney journey, ContactEvent happened)
    {
        if (Find(turn.Contact, journey) is not { } armed || happened.OccurredAt < armed.Since || armed.EventId == happened.MessageId)
        {
            return;
        }
        var looked = new List<EvaluatedValue>();
        if (journey.Trigger.ButNot!.Where.Matches(turn.Rules(), looked))
        {
            turn.Record(new JourneyFact.TriggerDisarmed(journey.Key, armed.Version, happened.MessageId) { Looked = turn.Looked(looked) });
        }
    }

    public static void Fire(Turn turn, ArmedTrigger armed)
    {
        var journey = turn.Journeys.FindCurrent(armed.Journey);
        Enrollment? enrollment = null;
        if (journey is not null)
        {
            enrollment = Entry.Admit(turn, journey, [], armed.EventId, eventSeen: armed.Event);
        }
        // The fact also takes the armed deadline away, so it comes after the enrollment took its event from there.
        turn.Record(new JourneyFact.TriggerFired(armed.Journey, armed.Version, armed.Since, armed.Due));
        Walk.Start(turn, enrollment);
    }

    private static ArmedTrigger? Find(Contact contact, PublishedJourney journey)
    {
        foreach (var armed in contact.Armed)
        {
            if (armed.Journey == journey.Key)
            {
                return armed;
            }
        }
        return null;
    }
}
