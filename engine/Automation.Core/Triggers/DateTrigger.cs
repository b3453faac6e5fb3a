using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Steps;
using NodaTime;
using NodaTime.Text;

namespace Automation.Core.Triggers;

/// <summary>
/// A date attribute, shifted, at a time of day in the contact's zone. Yearly for birthdays: 29 February falls on the 28th in
/// common years. It fires once for each moment; a moment that was past long before it was known is too late.
/// </summary>
internal static class DateTrigger
{
    public static Instant? Due(PublishedJourney journey, Contact contact, JourneySet journeys)
    {
        var trigger = (Trigger.OnDate)journey.Document.Trigger;
        if (contact.MergedInto is not null || DateOf(contact.Attributes.Find(trigger.Attribute)) is not { } date)
        {
            return null;
        }
        var zone = journeys.ZoneOf(contact.Attributes.Find("time_zone") as string);
        var fired = Memories.Find(contact.Memories, journey.Key)?.FiredFor;
        var after = fired ?? Instant.Max(contact.FirstSeen, journey.PublishedAt ?? contact.FirstSeen) - Duration.Epsilon;
        var due = trigger.Yearly ? NextYearly(trigger, date, zone, after) : Moment(trigger, date, zone);
        return due > after ? due : null;
    }

    public static void Fire(Turn turn, PublishedJourney journey, Instant due)
    {
        var trigger = (Trigger.OnDate)journey.Document.Trigger;
        turn.Record(new JourneyFact.TriggerFired(journey.Key, journey.Version, due, due));
        var value = PropertyValues.Text(turn.Contact.Attributes.Find(trigger.Attribute));
        List<EvaluatedValue> looked = [new EvaluatedValue($"contact.{trigger.Attribute}", "date", due.ToString(), value, true)];
        turn.Moment = due;
        var tooLate = due < turn.Now - turn.Journeys.Settings.LateAfter;
        var enrollment = Entry.Admit(turn, journey, looked, eventId: null, tooLate: tooLate);
        turn.Moment = turn.Now;
        Walk.Start(turn, enrollment);
    }

    /// <summary>The date in an attribute: <c>yyyy-MM-dd</c>, or the date part of an ISO date and time.</summary>
    public static LocalDate? DateOf(object? value)
    {
        if (value is not string { Length: >= 10 } text)
        {
            return null;
        }
        var parsed = LocalDatePattern.Iso.Parse(text[..10]);
        return parsed.Success ? parsed.Value : null;
    }

    private static Instant NextYearly(Trigger.OnDate trigger, LocalDate date, DateTimeZone zone, Instant after)
    {
        var annual = new AnnualDate(date.Month, date.Day);
        // The offset may carry a moment over the turn of the year, so the search starts a year early.
        var year = after.InZone(zone).Year - 1;
        for (; year < 9_990; year++)
        {
            var moment = Moment(trigger, annual.InYear(year), zone);
            if (moment > after)
            {
                return moment;
            }
        }
        return Instant.MaxValue;
    }

    private static Instant Moment(Trigger.OnDate trigger, LocalDate date, DateTimeZone zone)
    {
        // Whole days shift the date and the rest the clock, so that 09:00 three days before stays 09:00 over a clock change.
        var days = (int)Math.Floor(trigger.Offset.TotalDays);
        var rest = trigger.Offset - Duration.FromDays(days);
        return zone.AtLeniently(date.PlusDays(days).At(trigger.At)).ToInstant() + rest;
    }
}
