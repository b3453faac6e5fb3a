using Automation.Core.Contacts;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Hosting;
using Automation.Server.Security;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Automation.Server.Tests.Hosting;

public sealed class ServerHostTests
{
    [Fact]
    public async Task A_started_server_is_alive_and_ready_and_says_what_it_is()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal("alive\n", await server.Http.GetStringAsync("/healthz"));
        Assert.Equal("ready\n", await server.Http.GetStringAsync("/readyz"));
        // The designer, or the plain page where the build had no Node.js.
        Assert.Contains("<title>Automation</title>", await server.Http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopping_server_commits_what_it_took_in()
    {
        await using var server = await RunningServer.StartAsync();
        var sent = Enumerable.Range(0, 200)
            .Select(n => server.TrackAsync("track", $$"""{ "userId": "u-{{n}}", "messageId": "m-{{n}}", "event": "e" }""")).ToArray();
        await sent[0];

        await server.App.StopAsync();

        var taken = 0;
        foreach (var one in sent)
        {
            try
            {
                taken += (await one).Status == 200 ? 1 : 0;
            }
            catch (HttpRequestException)
            {
                // It came too late to be taken, and the sender knows.
            }
        }
        var totals = await server.Ledger.TotalsAsync(CancellationToken.None);
        Assert.True(taken > 0);
        Assert.True(totals.Events >= taken, $"Expected the {taken} events that were acknowledged, but the store has {totals.Events}.");
        await Assert.ThrowsAsync<EngineUnavailableException>(async () => await server.Engine.SubmitAsync(Array.Empty<ContactEvent>()));
    }

    [Fact]
    public async Task A_full_queue_asks_senders_to_come_again()
    {
        await using var server = await RunningServer.StartAsync(backlogMax: 0);
        using var request = server.Request(HttpMethod.Post, "/v1/track", Role.Write, """{ "userId": "u", "event": "e" }""");

        using var answer = await server.Http.SendAsync(request);
        using var ready = await server.Http.GetAsync(new Uri("/readyz", UriKind.Relative));

        Assert.Equal(429, (int)answer.StatusCode);
        Assert.Equal("1", answer.Headers.GetValues("Retry-After").Single());
        Assert.Equal(503, (int)ready.StatusCode);
    }

    [Fact]
    public async Task An_engine_that_takes_nothing_in_leaves_the_event_with_its_sender()
    {
        await using var server = await RunningServer.StartAsync();
        await server.App.Services.GetRequiredService<EmbeddedEngine>().StopAsync();
        using var request = server.Request(HttpMethod.Post, "/v1/track", Role.Write, """{ "userId": "u", "event": "e" }""");

        using var answer = await server.Http.SendAsync(request);
        using var ready = await server.Http.GetAsync(new Uri("/readyz", UriKind.Relative));

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.True(answer.Headers.Contains("Retry-After"));
        Assert.Contains("engine_unavailable", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(503, (int)ready.StatusCode);
    }

    [Fact]
    public async Task A_second_server_cannot_use_the_same_data()
    {
        await using var server = await RunningServer.StartAsync();
        var data = Path.GetDirectoryName(server.DatabasePath)!;

        var error = Assert.Throws<StoreUnusableException>(() => ServerHost.Build(new ServerOptions { Data = data }));

        Assert.Equal("data_directory_in_use", error.Code);
    }

    [Fact]
    public async Task A_first_start_prints_a_key_for_people_and_one_for_events_once()
    {
        var folder = Directory.CreateTempSubdirectory("automation-first-");
        try
        {
            var first = await KeysOfStartAsync(folder.FullName);
            var second = await KeysOfStartAsync(folder.FullName);

            Assert.Contains("admin key: am_admin_", first, StringComparison.Ordinal);
            Assert.Contains("write key: am_write_", first, StringComparison.Ordinal);
            Assert.Contains("/#/welcome/", first, StringComparison.Ordinal);
            Assert.DoesNotContain("key: am_", second, StringComparison.Ordinal);
            // Until somebody has used one, each start has a link.
            Assert.Contains("/#/welcome/", second, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> KeysOfStartAsync(string data)
    {
        using var printed = new StringWriter();
        await using var app = ServerHost.Build(new ServerOptions
        {
            Data = data,
            Urls = "http://127.0.0.1:0",
            LogLevel = Microsoft.Extensions.Logging.LogLevel.Error,
            FirstKeys = printed,
        });
        await app.StartAsync();
        await app.StopAsync();
        return printed.ToString();
    }
}
