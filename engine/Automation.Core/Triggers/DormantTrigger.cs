using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Rules;
using Automation.Core.Steps;
using NodaTime;

namespace Automation.Core.Triggers;

/// <summary>
/// No activity for a time: an exact deadline that each activity pushes back, computed from the history and never stored. It fires
/// once for each base line; only a new activity makes a new one.
/// </summary>
internal static class DormantTrigger
{
    public static Instant? Due(PublishedJourney journey, Contact contact)
    {
        if (contact.MergedInto is not null)
        {
            return null;
        }
        var trigger = (Trigger.OnDormant)journey.Document.Trigger;
        var line = BaseLine(trigger, contact);
        if (Memories.Find(contact.Memories, journey.Key)?.FiredFor == line)
        {
            return null;
        }
        var due = line + trigger.For;
        return journey.IsBeforeCounting(due) ? null : due;
    }

    public static void Fire(Turn turn, PublishedJourney journey, Instant due)
    {
        var trigger = (Trigger.OnDormant)journey.Document.Trigger;
        var line = BaseLine(trigger, turn.Contact);
        turn.Record(new JourneyFact.TriggerFired(journey.Key, journey.Version, line, due));
        List<EvaluatedValue> looked = [new EvaluatedValue("contact.last_activity", "<=", $"{RelativeTime.Text(trigger.For)} ago", line.ToString(), true)];
        Walk.Start(turn, Entry.Admit(turn, journey, looked, eventId: null));
    }

    private static Instant BaseLine(Trigger.OnDormant trigger, Contact contact)
    {
        if (trigger.Activity.IsEmpty)
        {
            return contact.LastActivity ?? contact.FirstSeen;
        }
        Instant? last = null;
        foreach (var name in trigger.Activity)
        {
            if (Histories.Find(contact.Histories, name)?.Last is { } at && (last is null || at > last))
            {
                last = at;
            }
        }
        return last ?? contact.FirstSeen;
    }
}
