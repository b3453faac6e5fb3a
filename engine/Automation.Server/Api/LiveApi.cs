using System.Text.Json;
using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>What happens now: the last minutes, and a stream of seconds.</summary>
internal static class LiveApi
{
    private const int MinutesMax = 60;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var live = routes.MapGroup("/api/live").WithTags("live");
        live.MapGet("", RecentAsync).Needs(Permission.Read).WithName("live_recent")
            .WithSummary("What happened in the last minutes (minutes=1 to 60), the newest first, in all processes together.");
        live.MapGet("feed", FeedAsync).Needs(Permission.Read).WithName("live_feed")
            .WithSummary("Server-sent events: one for each second in which something happened.").Produces<LiveAnswer>(200, "text/event-stream");
    }

    private static async Task<RecentAnswer> RecentAsync(ILiveFeed feed, int? minutes, CancellationToken cancellation)
    {
        if (minutes is < 1 or > MinutesMax)
        {
            throw ApiException.BadRequest("bad_minutes", $"Expected minutes from 1 to {MinutesMax}, but found another number.");
        }
        var found = await feed.RecentAsync(minutes ?? 5, cancellation);
        return new RecentAnswer([.. found.Select(one => new LiveAnswer(one.Start.ToDateTimeOffset(), Happened(one.Counters)))]);
    }

    private static async Task FeedAsync(HttpContext context, ILiveFeed feed, Callers callers, CancellationToken cancellation)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        // So that whoever asked knows at once that it is connected, also while nothing happens.
        await context.Response.Body.FlushAsync(cancellation);
        await foreach (var second in feed.FollowAsync(cancellation))
        {
            if (!await callers.StillMayAsync(context, cancellation))
            {
                return; // Signed out, locked or revoked since: nothing more is told.
            }
            var line = JsonSerializer.Serialize(new LiveAnswer(second.At.ToDateTimeOffset(), Happened(second.Counters)), ApiJson.Options);
            await context.Response.WriteAsync($"data: {line}\n\n", cancellation);
            await context.Response.Body.FlushAsync(cancellation);
        }
    }

    private static IReadOnlyList<LiveCount> Happened(IReadOnlyDictionary<CounterKey, long> counters) =>
    [
        .. counters.OrderBy(one => one.Key.Journey, StringComparer.Ordinal).ThenBy(one => one.Key.Version).ThenBy(one => one.Key.Step, StringComparer.Ordinal)
            .ThenBy(one => one.Key.Name, StringComparer.Ordinal)
            .Select(one => new LiveCount(one.Key.Journey, one.Key.Version, one.Key.Step, one.Key.Name, one.Value)),
    ];

    /// <param name="Minutes">Those in which something happened.</param>
    internal sealed record RecentAnswer(IReadOnlyList<LiveAnswer> Minutes);

    /// <param name="At">When it was, or the minute's start.</param>
    internal sealed record LiveAnswer(DateTimeOffset At, IReadOnlyList<LiveCount> Happened);

    /// <param name="Journey">Empty for facts about definitions.</param>
    /// <param name="Step">Empty for what is the journey's own.</param>
    internal sealed record LiveCount(string Journey, int Version, string Step, string Name, long Count);
}
