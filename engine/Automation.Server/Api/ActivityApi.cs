using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Security;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Api;

/// <summary>What happened in the journeys day by day: the line beside each of them.</summary>
internal static class ActivityApi
{
    private const int DaysMax = 366;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/activity", ReadAsync).Needs(Permission.Read).WithTags("journeys").WithName("activity")
            .WithSummary("Entries, messages made and goals reached in each journey, by day of the workspace's calendar; days=1 to 366, 30 when left out.");

    private static async Task<ActivityAnswer> ReadAsync(
        ILedgerStore ledger, JourneyRegistry registry, IEngine engine, int? days, CancellationToken cancellation)
    {
        if (days is < 1 or > DaysMax)
        {
            throw ApiException.BadRequest("bad_days", $"Expected days from 1 to {DaysMax}, but found another number.");
        }
        var today = registry.Journeys.DayOf(engine.Clock.GetCurrentInstant());
        var from = today.PlusDays(1 - (days ?? 30));
        var found = await ledger.DaysAsync(from, cancellation);
        return new ActivityAnswer(
            Text(from), Text(today),
            [.. found.OrderBy(one => one.Key.Journey, StringComparer.Ordinal).ThenBy(one => one.Key.Day).ThenBy(one => one.Key.Name, StringComparer.Ordinal)
                .Select(one => new DayCount(one.Key.Journey, Text(one.Key.Day), one.Key.Name, one.Value))]);
    }

    private static string Text(LocalDate day) => LocalDatePattern.Iso.Format(day);

    /// <param name="From">The first day that was asked for, and <paramref name="To"/> today.</param>
    /// <param name="Happened">A day on which nothing happened is left out.</param>
    internal sealed record ActivityAnswer(string From, string To, IReadOnlyList<DayCount> Happened);

    /// <param name="Name">enrolled, message_queued or goal_reached.</param>
    internal sealed record DayCount(string Journey, string Day, string Name, long Count);
}
