using Automation.Server.Security;
using Xunit;

namespace Automation.Server.Tests.Cli;

/// <summary>The incident console at the command line: it looks first, needs a reason, and says what it did.</summary>
public sealed class ConsoleCommandsTests
{
    [Fact]
    public async Task What_failed_is_counted_first_and_replayed_with_a_reason()
    {
        var vendor = new FakeVendor { KnowsNobody = true };
        await using var server = await Greeting.StartAsync(vendor);
        await Greeting.CameAsync(server, 1);
        await server.UntilFactsAsync("message_failed", 1);
        vendor.KnowsNobody = false;

        var preview = await RunAsync(server, "replay", "--journey", "greet", "--failed", "bad_address", "--preview", "--json");
        var other = await RunAsync(server, "replay", "--failed", "expired", "--preview", "--json");
        var without = await RunAsync(server, "replay", "--journey", "greet");
        var done = await RunAsync(server, "replay", "--journey", "greet", "--reason", "the numbers are mended", "--json");
        await server.UntilFactsAsync("message_sent", 1);
        var nothing = await RunAsync(server, "replay", "--journey", "greet", "--reason", "once more");

        Assert.Equal((0, 1), (preview.Code, preview.Json.GetProperty("count").GetInt32()));
        Assert.Equal(0, other.Json.GetProperty("count").GetInt32());
        Assert.Equal((2, "reason_required"), (without.Code, without.ErrorCode));
        Assert.Equal((0, 1, 0), (done.Code, done.Json.GetProperty("asked").GetInt32(), done.Json.GetProperty("after").GetInt32()));
        Assert.Contains("but it answered 409", nothing.Error, StringComparison.Ordinal);
        Assert.Equal("the numbers are mended", Assert.Single(await server.FactsAsync("message_replayed")).Reason);
    }

    [Fact]
    public async Task Only_who_is_in_the_segment_and_in_the_version_leaves()
    {
        await using var server = await Greeting.StartAsync(new FakeVendor());
        await server.AskAsync(HttpMethod.Put, "/api/segments/vip", """
            { "key": "vip", "rule": { "combinator": "and", "rules": [ { "field": "contact.level", "operator": "=", "value": "vip" } ] } }
            """);
        await StayAsync(server, 1, "u-vip", "u-1");
        await StayAsync(server, 2, "u-vip2", "u-2");
        foreach (var vip in new[] { "u-vip", "u-vip2" })
        {
            await server.TrackAsync("identify", $$"""{ "userId": "{{vip}}", "traits": { "level": "vip" } }""");
        }

        var preview = await RunAsync(server, "exit", "stay", "--segment", "vip", "--version", "2", "--preview", "--json");
        var done = await RunAsync(server, "exit", "stay", "--segment", "vip", "--version", "2", "--reason", "wrong audience", "--json");
        var left = Assert.Single(await server.UntilFactsAsync("exited", 1));
        var rest = await RunAsync(server, "exit", "stay", "--step", "long", "--preview", "--json");

        Assert.Equal(1, preview.Json.GetProperty("count").GetInt32());
        Assert.Equal((1, 0), (done.Json.GetProperty("asked").GetInt32(), done.Json.GetProperty("after").GetInt32()));
        Assert.Equal(("wrong audience", 2), (left.Reason, left.Version));
        Assert.Equal(3, rest.Json.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task An_unknown_outcome_is_listed_and_settled_and_the_console_counts_it_no_more()
    {
        await using var server = await Greeting.StartAsync(new FakeVendor { Loses = true });
        await Greeting.CameAsync(server, 1);
        await server.UntilFactsAsync("message_unknown", 1);

        var before = await RunAsync(server, "operations", "--json");
        var list = await RunAsync(server, "outcomes", "list", "--account", "vendor", "--json");
        var settled = await RunAsync(server, "outcomes", "settle", "failed", "--reason", "she called: nothing came", "--json");
        var after = await RunAsync(server, "operations", "--json");
        var empty = await RunAsync(server, "outcomes", "list");

        Assert.Equal((1, 0), (before.Json.GetProperty("unknown").GetInt32(), after.Json.GetProperty("unknown").GetInt32()));
        Assert.Equal((1, 1), (list.Code, list.Json.GetProperty("messages").GetArrayLength()));
        Assert.Equal(1, settled.Json.GetProperty("news").GetInt32());
        Assert.Equal((0, "No outcome is unknown."), (empty.Code, empty.Output.Trim()));
        Assert.Contains("she called: nothing came", Assert.Single(await server.FactsAsync("message_failed")).Details, StringComparison.Ordinal);
    }

    private static Task<CliRun> RunAsync(RunningServer server, params string[] arguments) =>
        CliRun.Of([.. arguments, "--server", server.Http.BaseAddress!.ToString(), "--key", server.Key(Role.Operator)]);

    /// <summary>Publishes the next version of a journey in which these people then wait.</summary>
    private static async Task StayAsync(RunningServer server, int version, params string[] users)
    {
        var known = version == 1 ? null : (await server.GetAsync("/api/journeys/stay")).GetProperty("revision").ToString();
        await server.AskAsync(HttpMethod.Put, "/api/journeys/stay", $$"""
            { "key": "stay", "trigger": { "on": "event", "event": "stayed" }, "entry": { "repeat": "once" },
              "steps": [ { "id": "long", "type": "wait", "for": "{{version}}d" } ] }
            """, ifMatch: known is null ? null : $"\"{known}\"");
        await server.AskAsync(HttpMethod.Post, "/api/journeys/stay/publish", new { in_flight = "stay" });
        foreach (var user in users)
        {
            await server.TrackAsync("track", $$"""{ "userId": "{{user}}", "event": "stayed" }""");
        }
        await server.UntilFactsAsync("wait_started", version * users.Length);
    }
}
