using Automation.Server.Hosting;
using Automation.Server.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Scheduling;

public sealed class CalendarSchedulesTests
{
    private const string Journey = """
        { "key": "monday", "trigger": { "on": "schedule", "cron": "30 9 * * 1" }, "entry": { "repeat": "always" },
          "steps": [ { "id": "mark", "type": "update", "add_tags": [ "asked" ] } ] }
        """;

    [Fact]
    public async Task A_calendar_that_fires_asks_every_contact_once_for_each_planned_time()
    {
        await using var server = await RunningServer.StartAsync();
        var engine = server.App.Services.GetRequiredService<EmbeddedEngine>();
        await server.TrackAsync("track", """{ "userId": "u-1", "event": "e" }""");
        await server.TrackAsync("track", """{ "userId": "u-2", "event": "e" }""");
        await PublishAsync(server);
        var fired = new TaskCompletionSource<Instant>(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Calendars.Fired += (journey, planned) => fired.TrySetResult(journey == "monday" ? planned : default);

        // Every second, because nobody waits for Monday; then the real plan again.
        engine.Calendars.Plan([new JourneyCalendar("monday", "0/1 * * * * ?", "Asia/Shanghai")]);
        var planned = await fired.Task.WaitAsync(TimeSpan.FromSeconds(60));
        engine.Calendars.Plan([]);
        await engine.Calendars.Planned;
        await server.UntilFactsAsync("schedule_swept", 1);
        await engine.Operations.FireScheduleAsync("monday", planned);
        await server.UntilFactsAsync("schedule_swept", 2);

        var swept = await server.FactsAsync("schedule_swept");
        var enrolled = (await server.FactsAsync("enrolled")).Where(fact => fact.Journey == "monday").ToList();
        var times = swept.Select(fact => System.Text.Json.JsonElement.Parse(fact.Details).GetProperty("fired_at").GetString()).Distinct().Count();
        Assert.Equal(2 * times, enrolled.Count);
        Assert.All(enrolled, fact => Assert.Equal("schedule", fact.Cause));
        Assert.Equal(0, planned.ToUnixTimeMilliseconds() % 1000);
    }

    [Fact]
    public async Task Publishing_pausing_and_archiving_change_the_plan()
    {
        await using var server = await RunningServer.StartAsync();
        var engine = server.App.Services.GetRequiredService<EmbeddedEngine>();

        Assert.Empty(JourneyCalendar.Of(engine.Registry.Journeys));
        await PublishAsync(server);
        Assert.Equal([new JourneyCalendar("monday", "0 30 9 ? * MON", "Asia/Shanghai")], JourneyCalendar.Of(engine.Registry.Journeys));
        await server.AskAsync(HttpMethod.Post, "/api/journeys/monday/pause", new { time = "keeps_counting" });
        Assert.Empty(JourneyCalendar.Of(engine.Registry.Journeys));
        await server.AskAsync(HttpMethod.Post, "/api/journeys/monday/resume", new { });
        Assert.Single(JourneyCalendar.Of(engine.Registry.Journeys));
        await server.AskAsync(HttpMethod.Post, "/api/journeys/monday/archive");
        Assert.Empty(JourneyCalendar.Of(engine.Registry.Journeys));
        await engine.Calendars.Planned;
    }

    private static async Task PublishAsync(RunningServer server)
    {
        await server.AskAsync(HttpMethod.Put, "/api/journeys/monday", Journey);
        await server.AskAsync(HttpMethod.Post, "/api/journeys/monday/publish", new { });
    }
}
