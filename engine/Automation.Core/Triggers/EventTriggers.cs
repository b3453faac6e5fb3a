using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Rules;
using Automation.Core.Steps;

namespace Automation.Core.Triggers;

/// <summary>What an event starts: journeys that listen to its name, deadlines of <c>not_done</c>, keywords in what people wrote.</summary>
internal static class EventTriggers
{
    public static void Fire(Turn turn, ContactEvent happened, bool tooLate)
    {
        foreach (var listener in turn.Journeys.Listeners(happened.Name))
        {
            switch (listener.Role)
            {
                case ListenerRole.Disarms when !tooLate:
                    NotDoneTrigger.Disarm(turn, listener.Journey, happened);
                    break;
                case ListenerRole.Arms when !tooLate:
                    NotDoneTrigger.Arm(turn, listener.Journey, happened);
                    break;
                case ListenerRole.Enrols:
                    Enrol(turn, listener.Journey, happened, tooLate);
                    break;
                default:
                    break;
            }
        }
        if (happened.Name == ContactEvent.MessageReceived)
        {
            foreach (var journey in turn.Journeys.Keywords)
            {
                KeywordTrigger.Fire(turn, journey, happened, tooLate);
            }
        }
    }

    private static void Enrol(Turn turn, PublishedJourney journey, ContactEvent happened, bool tooLate)
    {
        var trigger = (Trigger.OnEvent)journey.Document.Trigger;
        var looked = new List<EvaluatedValue>();
        if (!journey.Trigger.Where.Matches(turn.Rules(), looked) || !IsOccurrence(turn, trigger, looked))
        {
            Entry.Refuse(turn, journey, Reasons.TriggerNotMatched, looked);
            return;
        }
        Walk.Start(turn, Entry.Admit(turn, journey, looked, happened.MessageId, tooLate: tooLate));
    }

    private static bool IsOccurrence(Turn turn, Trigger.OnEvent trigger, List<EvaluatedValue> looked)
    {
        if (trigger.Occurrence is not { } occurrence)
        {
            return true;
        }
        var count = Histories.Find(turn.Contact.Histories, trigger.Event)?.Count ?? 0;
        looked.Add(new EvaluatedValue($"history.{trigger.Event}.count", "=", (long)occurrence, count, count == occurrence));
        return count == occurrence;
    }
}
