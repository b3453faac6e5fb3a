using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Triggers;
using NodaTime;

namespace Automation.Core.Steps.Wait;

/// <summary>Holds a contact until a moment, then lets them through its only exit.</summary>
internal sealed class WaitStep(WaitNode node) : Step(node.Id)
{
    public override string? Next => node.Next;

    public override Move Enter(Turn turn, in Place here)
    {
        // Decided once and kept in the fact: a replay must not depend on today's time-zone rules.
        var until = Until(turn, here);
        turn.Record(new StepFact.WaitStarted(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, ForEvent: false, until));
        if (until > turn.Now)
        {
            return Move.Stay;
        }
        turn.Moment = until;
        return End(turn, here);
    }

    public override Move WakeUp(Turn turn, Enrollment enrollment, in Place here) => End(turn, here);

    private Move End(Turn turn, in Place here)
    {
        turn.Record(new StepFact.WaitEnded(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, WaitEnd.Time, null));
        return Move.To(node.Next);
    }

    private Instant Until(Turn turn, in Place here)
    {
        var moment = turn.Moment + (node.For ?? Duration.Zero);
        return node.Until is { } until ? NextMoment(turn, until, moment, WasHere(turn, here)) : moment;
    }

    /// <summary>A loop that comes back at the very moment it woke means the next such moment, or it would turn without end.</summary>
    private static bool WasHere(Turn turn, in Place here) => StepResults.Find(turn.Find(here.Ordinal)!, here.Step) is not null;

    private static Instant NextMoment(Turn turn, WaitUntil until, Instant from, bool again)
    {
        var zone = turn.Zone;
        var time = until.Time ?? LocalTime.Midnight;
        if (until.Date is { } field)
        {
            var name = field.StartsWith("contact.", StringComparison.Ordinal) ? field["contact.".Length..] : field;
            if (DateTrigger.DateOf(turn.Contact.Attributes.Find(name)) is not { } date)
            {
                return from; // No date, nothing to wait for: the wait's fact shows that it ended at once.
            }
            var moment = zone.AtLeniently(date.At(time)).ToInstant() + until.Offset;
            return Instant.Max(moment, from);
        }
        var day = from.InZone(zone).Date;
        // Eight days: today may be past its time of day, and then the same weekday comes a week later.
        for (var i = 0; i <= 7; i++, day = day.PlusDays(1))
        {
            var moment = zone.AtLeniently(day.At(time)).ToInstant();
            if ((again ? moment > from : moment >= from) && (until.Days.IsDefaultOrEmpty || until.Days.Contains(day.DayOfWeek)))
            {
                return moment;
            }
        }
        return from;
    }
}
