using Automation.Core.Contacts;
using Automation.Core.Journeys;
using Automation.Core.Triggers;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>What a deadline is about, in the order in which deadlines of one moment are taken.</summary>
internal enum DeadlineKind
{
    Message,
    Enrollment,
    Goal,
    Armed,
    Dormant,
    Date,
}

/// <param name="Index">Place in the contact's list of that kind; for journeys' deadlines, in the set's.</param>
internal readonly record struct Deadline(Instant At, DeadlineKind Kind, int Index)
{
    public bool Before(in Deadline other) =>
        At < other.At || (At == other.At && (Kind < other.Kind || (Kind == other.Kind && Index < other.Index)));
}

/// <summary>Every deadline of a contact, in one place: the timer index and the order of wake-ups both come from here.</summary>
internal static class Deadlines
{
    public static Deadline? Earliest(JourneySet journeys, Contact contact)
    {
        Deadline? earliest = null;

        for (var i = 0; i < contact.Messages.Length; i++)
        {
            Take(ref earliest, contact.Messages[i].DueAt, DeadlineKind.Message, i);
        }
        for (var i = 0; i < contact.Enrollments.Length; i++)
        {
            if (contact.Enrollments[i].HeldSince is null)
            {
                Take(ref earliest, contact.Enrollments[i].WakeAt, DeadlineKind.Enrollment, i);
            }
        }
        for (var i = 0; i < contact.Goals.Length; i++)
        {
            Take(ref earliest, contact.Goals[i].Until, DeadlineKind.Goal, i);
        }
        for (var i = 0; i < contact.Armed.Length; i++)
        {
            Take(ref earliest, contact.Armed[i].Due, DeadlineKind.Armed, i);
        }
        for (var i = 0; i < journeys.Dormant.Length; i++)
        {
            Take(ref earliest, DormantTrigger.Due(journeys.Dormant[i], contact), DeadlineKind.Dormant, i);
        }
        for (var i = 0; i < journeys.Dates.Length; i++)
        {
            Take(ref earliest, DateTrigger.Due(journeys.Dates[i], contact, journeys), DeadlineKind.Date, i);
        }
        return earliest;
    }

    private static void Take(ref Deadline? earliest, Instant? at, DeadlineKind kind, int index)
    {
        if (at is { } due)
        {
            var deadline = new Deadline(due, kind, index);
            if (earliest is not { } known || deadline.Before(known))
            {
                earliest = deadline;
            }
        }
    }
}
