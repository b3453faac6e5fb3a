using Automation.Core.Journeys;

namespace Automation.Server.Scheduling;

/// <summary>When a journey's calendar fires, as Quartz needs it.</summary>
/// <param name="Cron">In the form of Quartz.</param>
internal sealed record JourneyCalendar(string Journey, string Cron, string TimeZone)
{
    /// <summary>The calendars of everything that is published and not paused: while a journey is paused nobody is asked.</summary>
    public static IReadOnlyList<JourneyCalendar> Of(JourneySet journeys) =>
    [
        .. journeys.Source.Journeys
            .Where(version => version is { Current: true, Pause: null, Journey.Trigger: Trigger.OnSchedule })
            .Select(version => new JourneyCalendar(
                version.Journey.Key, Core.Journeys.Cron.Parse(((Trigger.OnSchedule)version.Journey.Trigger).Cron).ToQuartz(), journeys.Settings.TimeZone)),
    ];
}
