using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>What facts about a contact and a journey change: armed deadlines, memories, enrollments, goals.</summary>
internal static class JourneyEvolution
{
    public static Contact Apply(Contact contact, JourneyFact fact, Instant at, FoldContext context) => fact switch
    {
        JourneyFact.TriggerArmed armed => Arm(contact, armed, context),
        JourneyFact.TriggerDisarmed disarmed => Disarm(contact, disarmed.Journey),
        JourneyFact.TriggerFired fired => Disarm(Remember(contact, fired.Journey, memory => memory with { FiredFor = fired.BaseTime }), fired.Journey),
        JourneyFact.NotEnrolled => contact,
        JourneyFact.Enrolled enrolled => Enrol(contact, enrolled, at, context),
        JourneyFact.GoalReached reached => EndGoal(contact, reached.Ordinal),
        JourneyFact.GoalMissed missed => EndGoal(contact, missed.Ordinal),
        JourneyFact.GoalWatched watched => contact with
        {
            Goals = contact.Goals.Add(new GoalWatch(watched.Journey, watched.Version, watched.Ordinal, watched.EnrolledAt, watched.Until, watched.EventId)),
        },
        _ => throw new InvalidOperationException($"Expected a known journey fact, but got {fact.GetType().Name}."),
    };

    private static Contact Arm(Contact contact, JourneyFact.TriggerArmed armed, FoldContext context)
    {
        var happened = context.Event;
        Invariant.Holds(happened?.MessageId == armed.EventId, "Expected the arming event beside its fact, but it was not given.");
        return contact with
        {
            Armed = contact.Armed.Add(new ArmedTrigger(
                armed.Journey, armed.Version, armed.Due, happened!.OccurredAt, happened.Name, armed.EventId, happened.Properties)),
        };
    }

    private static Contact Disarm(Contact contact, string journey)
    {
        for (var i = 0; i < contact.Armed.Length; i++)
        {
            if (string.Equals(contact.Armed[i].Journey, journey, StringComparison.Ordinal))
            {
                return contact with { Armed = contact.Armed.RemoveAt(i) };
            }
        }
        return contact;
    }

    private static Contact Enrol(Contact contact, JourneyFact.Enrolled fact, Instant at, FoldContext context)
    {
        var (name, properties) = Snapshot(contact, fact, context);
        var enrollment = new Enrollment(fact.Ordinal, fact.Journey, fact.Version, fact.Key, fact.EnrolledAt)
        {
            Since = at,
            EventName = name,
            EventId = fact.EventId,
            Event = properties,
        };
        contact = Remember(contact, fact.Journey, memory => memory with
        {
            Enrolled = memory.Enrolled + 1,
            LastEnrolledAt = fact.EnrolledAt,
            Keys = fact.Key is null ? memory.Keys : [.. memory.Keys.TakeLast(JourneyMemory.KeysMax - 1), fact.Key],
        });
        return contact with { Enrollments = contact.Enrollments.Add(enrollment), NextEnrollment = fact.Ordinal + 1 };
    }

    /// <summary>The enrolling event stands in the event log, or in the armed trigger it set off; facts need not repeat it.</summary>
    private static (string? Name, PropertyBag Properties) Snapshot(Contact contact, JourneyFact.Enrolled fact, FoldContext context)
    {
        if (fact.EventId is not null)
        {
            foreach (var armed in contact.Armed)
            {
                if (armed.EventId == fact.EventId && armed.Journey == fact.Journey)
                {
                    return (armed.EventName, armed.Event);
                }
            }
            if (context.Event?.MessageId == fact.EventId)
            {
                return (context.Event.Name, context.Event.Properties);
            }
        }
        return (null, fact.Properties ?? PropertyBag.Empty);
    }

    private static Contact Remember(Contact contact, string journey, Func<JourneyMemory, JourneyMemory> change)
    {
        var memory = Memories.Find(contact.Memories, journey) ?? new JourneyMemory(journey, 0, null, [], null);
        return contact with { Memories = Memories.Set(contact.Memories, change(memory)) };
    }

    private static Contact EndGoal(Contact contact, int ordinal) =>
        contact with { Goals = contact.Goals.RemoveAll(goal => goal.Ordinal == ordinal) };
}
