using Automation.Server.Security;
using Automation.Server.Tests.Cli;
using Xunit;

namespace Automation.Server.Tests.Api;

/// <summary>Many at once: previewed, begun with what was previewed, done once, and recorded.</summary>
public sealed class BulkApiTests
{
    [Fact]
    public async Task What_failed_is_previewed_replayed_once_and_recorded_with_its_reason()
    {
        var vendor = new FakeVendor { KnowsNobody = true };
        await using var server = await Greeting.StartAsync(vendor);
        await Greeting.CameAsync(server, 1);
        await Greeting.CameAsync(server, 2);
        await server.UntilFactsAsync("message_failed", 2);
        vendor.KnowsNobody = false;

        var filter = new { journey = "greet", reasons = new[] { "bad_address" } };
        var preview = await server.AskAsync(HttpMethod.Post, "/api/bulk/preview", new { action = "replay_failed", filter });
        var asked = new
        {
            action = "replay_failed", id = preview.GetProperty("id").GetString(), expected = 2, as_of = preview.GetProperty("as_of").GetString(), filter,
            reason = "the numbers are mended",
        };
        var begun = await server.AskAsync(HttpMethod.Post, "/api/bulk", asked);
        var again = await server.AskAsync(HttpMethod.Post, "/api/bulk", asked);
        var sent = await server.UntilFactsAsync("message_sent", 2);
        var ended = await server.UntilFactsAsync("bulk_action_ended", 1);
        var after = await server.AskAsync(HttpMethod.Post, "/api/bulk/preview", new { action = "replay_failed", filter });

        Assert.Equal((2, 2), (preview.GetProperty("count").GetInt32(), preview.GetProperty("people").GetInt32()));
        Assert.Equal("bad_address", Assert.Single(preview.GetProperty("groups").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(begun.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal(2, sent.Count);
        Assert.Equal(["the numbers are mended", "the numbers are mended"], (await server.FactsAsync("message_replayed")).Select(fact => fact.Reason));
        Assert.Single(await server.FactsAsync("bulk_action_started"));
        Assert.Contains("\"before\":2,\"asked\":2,\"after\":0", Assert.Single(ended).Details, StringComparison.Ordinal);
        Assert.Equal(0, after.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Who_refuses_a_replay_is_counted_by_reason_with_a_way_to_the_facts_and_the_people()
    {
        var vendor = new FakeVendor { KnowsNobody = true };
        await using var server = await Greeting.StartAsync(vendor);
        await server.TrackAsync("track", """{ "userId": "u-1", "event": "came" }""");
        await server.TrackAsync("track", """{ "userId": "u-2", "event": "came" }""");
        await server.UntilFactsAsync("message_failed", 2);
        vendor.KnowsNobody = false;
        await server.TrackAsync("identify", """{ "userId": "u-2", "traits": { "consent": { "sms": false } } }""");
        string[] there = ["--server", server.Http.BaseAddress!.ToString(), "--key", server.Key(Role.Operator)];

        var told = await CliRun.Of(["replay", "--journey", "greet", "--reason", "again", .. there]);
        var action = Assert.Single((await server.GetAsync("/api/bulk")).GetProperty("actions").EnumerateArray());
        var refused = Assert.Single(action.GetProperty("refused").EnumerateArray());
        var facts = (await server.GetAsync(refused.GetProperty("facts").GetString()!)).GetProperty("facts");
        var people = (await server.GetAsync(refused.GetProperty("people").GetString()!)).GetProperty("people");

        Assert.Equal((2, 1), (action.GetProperty("asked").GetInt32(), action.GetProperty("after").GetInt32()));
        Assert.Equal(("no_consent", 1), (refused.GetProperty("reason").GetString(), refused.GetProperty("count").GetInt32()));
        Assert.Equal("replay_refused", Assert.Single(facts.EnumerateArray()).GetProperty("kind").GetString());
        Assert.Equal("u-2", Assert.Single(people.EnumerateArray()).GetProperty("user_id").GetString());
        Assert.Equal("greet", action.GetProperty("filter").GetProperty("journey").GetString());
        Assert.Contains("2 of 2 failed messages were asked; refused: 1; still on the list: 1.", told.Output, StringComparison.Ordinal);
        Assert.Contains("1  no consent (no_consent)", told.Output, StringComparison.Ordinal);
        Assert.Contains("automation audit query --kind replay_refused --reason no_consent --actor key:", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journey_that_was_mistyped_is_told_the_one_that_was_meant()
    {
        await using var server = await Greeting.StartAsync(new FakeVendor());
        using var request = server.Request(HttpMethod.Post, "/api/bulk/preview", Role.Operator, """{ "action": "exit_people", "filter": { "journey": "great" } }""");

        var (status, problem) = await server.SendAsync(request);

        Assert.Equal((404, "not_found"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal("Expected a journey 'great', but there is none. Did you mean 'greet'?", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task People_at_a_step_exit_with_a_reason_and_the_others_stay()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AskAsync(HttpMethod.Put, "/api/journeys/stay", """
            { "key": "stay", "trigger": { "on": "event", "event": "came" }, "entry": { "repeat": "once" },
              "steps": [ { "id": "which", "type": "branch", "branches": [ { "name": "vip", "when": { "combinator": "and", "rules": [
                { "field": "event.vip", "operator": "=", "value": true } ] }, "next": "long" } ], "otherwise": "short" },
                { "id": "long", "type": "wait", "for": "30d", "next": "short" }, { "id": "short", "type": "wait", "for": "1d" } ] }
            """);
        await server.AskAsync(HttpMethod.Post, "/api/journeys/stay/publish", new { });
        await server.TrackAsync("track", """{ "userId": "u-1", "event": "came", "properties": { "vip": true } }""");
        await server.TrackAsync("track", """{ "userId": "u-2", "event": "came" }""");
        await server.TrackAsync("track", """{ "userId": "u-3", "event": "came" }""");
        await server.UntilFactsAsync("wait_started", 3);

        var filter = new { journey = "stay", step = "short" };
        var preview = await server.AskAsync(HttpMethod.Post, "/api/bulk/preview", new { action = "exit_people", filter });
        await server.AskAsync(HttpMethod.Post, "/api/bulk", new
        {
            action = "exit_people", id = preview.GetProperty("id").GetString(), expected = 2, filter, reason = "wrong audience",
        });
        await server.UntilFactsAsync("bulk_action_ended", 1);

        Assert.Equal(2, preview.GetProperty("count").GetInt32());
        Assert.Equal(["wrong audience", "wrong audience"], (await server.FactsAsync("exited")).Select(fact => fact.Reason));
        Assert.Equal("long", Assert.Single(await server.Ledger.StepCountsAsync("stay", default)).Step);
    }

    [Theory]
    [InlineData("""{ "action": "exit_people", "filter": { "journey": "greet" }, "id": "0123456789abcdef0123456789abcdef", "expected": 500, "reason": "why" }""", 409, "preview_outdated")]
    [InlineData("""{ "action": "exit_people", "filter": { "journey": "greet" }, "id": "0123456789abcdef0123456789abcdef", "expected": 0, "reason": "why" }""", 409, "nothing_to_do")]
    [InlineData("""{ "action": "exit_people", "filter": { "journey": "greet" }, "id": "0123456789abcdef0123456789abcdef", "expected": 0 }""", 400, "reason_required")]
    [InlineData("""{ "action": "exit_people", "filter": { "journey": "greet" }, "id": "../users", "expected": 0, "reason": "why" }""", 400, "bad_id")]
    [InlineData("""{ "action": "exit_people", "filter": { }, "id": "0123456789abcdef0123456789abcdef", "reason": "why" }""", 400, "journey_required")]
    [InlineData("""{ "action": "exit_people", "filter": { "journey": "greet", "account": "vendor" }, "id": "0123456789abcdef0123456789abcdef", "reason": "why" }""", 400, "bad_filter")]
    [InlineData("""{ "action": "replay_failed", "filter": { "journey": "nowhere" }, "id": "0123456789abcdef0123456789abcdef", "reason": "why" }""", 404, "not_found")]
    public async Task What_was_not_previewed_or_says_no_reason_is_refused(string json, int status, string code)
    {
        await using var server = await Greeting.StartAsync(new FakeVendor());
        using var request = server.Request(HttpMethod.Post, "/api/bulk", Role.Operator, json);

        var (answered, problem) = await server.SendAsync(request);

        Assert.Equal((status, code), (answered, problem.GetProperty("code").GetString()));
        Assert.Empty(await server.FactsAsync("bulk_action_started"));
    }

    [Fact]
    public async Task Unknown_outcomes_are_listed_settled_by_hand_with_a_reason_and_counted_no_more()
    {
        await using var server = await Greeting.StartAsync(new FakeVendor { Loses = true });
        await Greeting.CameAsync(server, 1);
        await server.UntilFactsAsync("message_unknown", 1);

        var list = await server.GetAsync("/api/outcomes?account=vendor");
        var before = await server.GetAsync("/api/operations");
        var ids = new[] { Assert.Single(list.GetProperty("messages").EnumerateArray()).GetProperty("id").GetString() };
        var asked = await server.AskAsync(HttpMethod.Post, "/api/outcomes/ask", new { ids, reason = "the vendor is back" });
        var settled = await server.AskAsync(HttpMethod.Post, "/api/outcomes/settle", new { outcome = "delivered", ids, reason = "seen on the vendor's page" });
        var after = await server.GetAsync("/api/operations");

        Assert.Equal((1, 0), (before.GetProperty("unknown").GetInt32(), after.GetProperty("unknown").GetInt32()));
        Assert.Equal((0, 1), (asked.GetProperty("asked").GetInt32(), asked.GetProperty("unknown").GetInt32()));
        Assert.Equal((1, 0), (settled.GetProperty("news").GetInt32(), settled.GetProperty("unknown").GetInt32()));
        var fact = Assert.Single(await server.FactsAsync("message_delivered"));
        Assert.Equal("seen on the vendor's page", fact.Reason);
        Assert.StartsWith("key:", fact.Actor, StringComparison.Ordinal);
        Assert.Single(await server.FactsAsync("completed"));
        Assert.Equal(2, (await server.FactsAsync("bulk_action_ended")).Count);
    }

    [Fact]
    public async Task Where_everything_stands_is_told_by_account()
    {
        await using var server = await Greeting.StartAsync(new FakeVendor());
        await server.AskAsync(HttpMethod.Post, "/api/holds", new { target = "journey:greet", reason = "wrong price" });
        await Greeting.CameAsync(server, 1);
        await server.UntilFactsAsync("message_queued", 1);

        var stands = await server.GetAsync("/api/operations");

        var account = Assert.Single(stands.GetProperty("accounts").EnumerateArray());
        Assert.Equal(("vendor", 1), (account.GetProperty("account").GetString(), account.GetProperty("waiting").GetInt32()));
        Assert.True(account.GetProperty("oldest_seconds").GetDouble() >= 0);
        Assert.Equal("journey:greet", Assert.Single(stands.GetProperty("holds").EnumerateArray()).GetProperty("target").GetString());
        Assert.Equal(0, stands.GetProperty("dead_letters").GetInt32());
        Assert.Empty(stands.GetProperty("timers").EnumerateArray());
        Assert.False(stands.TryGetProperty("process", out _)); // There is no other one.
    }
}
