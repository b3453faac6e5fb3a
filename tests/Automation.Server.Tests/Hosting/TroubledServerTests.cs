using System.Text.Json;
using Automation.Runtime.Time;
using Automation.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Hosting;

/// <summary>What the world does to a server: a disk that is full, a clock that jumps back.</summary>
public sealed class TroubledServerTests
{
    [Fact]
    public async Task A_full_disk_answers_503_keeps_what_is_there_and_goes_on_when_there_is_room()
    {
        await using var server = await RunningServer.StartAsync();
        var writer = server.App.Services.GetRequiredService<EmbeddedEngine>().Store.Writer;
        Assert.Equal(200, (await server.TrackAsync("batch", Batch(0))).Status);
        writer.Scalar($"PRAGMA max_page_count = {writer.Scalar("PRAGMA page_count")}");

        var taken = 1;
        var (status, body) = await server.TrackAsync("batch", Batch(taken));
        while (status == 200 && taken < 50)
        {
            (status, body) = await server.TrackAsync("batch", Batch(++taken));
        }
        Assert.Equal(503, status);
        Assert.Contains("store_full", body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(10 * taken, (await server.Ledger.TotalsAsync(default)).Events);
        writer.Scalar("PRAGMA max_page_count = 1000000");

        Assert.Equal(200, (await server.TrackAsync("batch", Batch(taken))).Status);
        Assert.Equal(10 * (taken + 1), (await server.Ledger.TotalsAsync(default)).Events);
        Assert.True((await server.Ledger.VerifyAsync(0, null, default)).Intact);
    }

    [Fact]
    public async Task A_clock_that_jumps_back_refuses_nothing_and_turns_no_order_round()
    {
        var clock = new VirtualClock(SystemClock.Instance.GetCurrentInstant());
        await using var server = await RunningServer.StartAsync(clock);
        await server.AskAsync(HttpMethod.Put, "/api/journeys/mark", """
            { "key": "mark", "trigger": { "on": "event", "event": "came" }, "entry": { "repeat": "always" },
              "steps": [ { "id": "mark", "type": "update", "add_tags": [ "came" ] } ] }
            """);
        await server.AskAsync(HttpMethod.Post, "/api/journeys/mark/publish", new { });
        var before = clock.GetCurrentInstant();

        await CameAsync(server, 1);
        clock.Advance(Duration.FromHours(-2));
        await CameAsync(server, 2);
        await CameAsync(server, 1);
        clock.Advance(Duration.FromHours(2) + Duration.FromMinutes(1));
        await CameAsync(server, 3);

        var times = (await server.FactsAsync("enrolled")).OrderBy(fact => fact.Sequence).Select(fact => fact.At - Instant.FromUnixTimeMilliseconds(before.ToUnixTimeMilliseconds())).ToList();
        Assert.Equal(4, times.Count);
        Assert.Equal(times.Order(), times);
        Assert.All(times.Take(3), time => Assert.Equal(Duration.Zero, time));
        Assert.Equal(Duration.FromMinutes(1), times[3]);
        Assert.True((await server.Ledger.VerifyAsync(0, null, default)).Intact);
    }

    private static async Task CameAsync(RunningServer server, int person) =>
        Assert.Equal(200, (await server.TrackAsync("track", $$"""{ "userId": "u-{{person}}", "event": "came" }""")).Status);

    private static string Batch(int number) => JsonSerializer.Serialize(new
    {
        batch = Enumerable.Range(0, 10).Select(n => new
        {
            type = "track", userId = $"u-{number}-{n}", messageId = $"m-{number}-{n}", @event = "came", properties = new { text = new string('x', 8_000) },
        }),
    });
}
