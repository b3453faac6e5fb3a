using System.Text.Json;
using Automation.Server.Security;
using Automation.Server.Tests.Cli;
using Xunit;

namespace Automation.Server.Tests.Api;

/// <summary>Why and why not, and how many, over a server that runs; the command line gets the same answers from it.</summary>
public sealed class WhyApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task Who_did_not_match_is_told_which_value_was_needed_and_which_it_was()
    {
        await PublishAsync("big-orders", "why_order", """, "where": { "combinator": "and", "rules": [ { "field": "event.amount", "operator": ">=", "value": 100 } ] }""");
        await TrackAsync("why-1", "why_order", """, "properties": { "amount": 80 }""");

        var english = await WhyAsync("why-1", "journey=big-orders");
        var chinese = await WhyAsync("why-1", "journey=big-orders&language=zh");

        Assert.Matches(@"^Never entered\. \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, did not enter: .*\(trigger_not_matched\) \(event\.amount is 80, needed at least 100: no\)\.$", Text(english, "answer"));
        Assert.Equal("not in the journey: what happened is not what starts it (trigger_not_matched).", Text(english, "standing"));
        Assert.Contains("event.amount 是 80，要求至少 100：不满足", Text(chinese, "answer"), StringComparison.Ordinal);
        Assert.Equal("因为发生了 why_order", Text(chinese.GetProperty("decisions")[0], "because"));
        var fact = english.GetProperty("decisions")[0].GetProperty("facts")[0];
        Assert.Equal("event.amount is 80, needed at least 100: no", fact.GetProperty("looked")[0].GetString());
        Assert.True(fact.GetProperty("sequence").GetInt64() > 0);
    }

    [Fact]
    public async Task Who_never_did_what_the_journey_waits_for_is_told_so()
    {
        await TrackAsync("why-2", "something_else");
        await TrackAsync("why-3", "why_early");
        await PublishAsync("early", "why_early");
        await _server.AskAsync(HttpMethod.Put, "/api/journeys/never-live", Journey("never-live", "why_early", ""));

        Assert.Contains("No event why_early ever came from this contact", Text(await WhyAsync("why-2", "journey=early"), "answer"), StringComparison.Ordinal);
        Assert.Contains("before the journey went live", Text(await WhyAsync("why-3", "journey=early"), "answer"), StringComparison.Ordinal);
        Assert.Equal("Never entered: the journey was never published.", Text(await WhyAsync("why-3", "journey=never-live"), "answer"));
        Assert.Equal("从未进入：旅程从未发布。", Text(await WhyAsync("why-3", "journey=never-live&language=zh"), "answer"));
    }

    [Fact]
    public async Task A_message_that_was_held_back_is_told_and_counted_and_its_number_leads_to_the_fact_and_the_person()
    {
        await PublishAsync("greets", "why_greet", "", """{ "id": "hello", "type": "send", "channel": "sms", "template": "why-hello" }""");
        await TrackAsync("why-4", "why_greet");
        await TrackAsync("why-5", "why_greet");

        var why = await WhyAsync("why-4", "journey=greets");
        var summary = await _server.GetAsync("/api/audit/summary?journey=greets&by=journey,channel,step,reason");
        var group = Assert.Single(summary.GetProperty("groups").EnumerateArray());
        var facts = (await _server.GetAsync(Text(group, "facts"))).GetProperty("facts");
        var people = (await _server.GetAsync(Text(group, "people"))).GetProperty("people");
        var byDay = await _server.GetAsync("/api/audit/summary?journey=greets&by=day&language=zh");

        Assert.Contains("hello: SMS message \"why-hello\" was not sent:", Text(why, "answer"), StringComparison.Ordinal);
        Assert.Contains("(no_address)", Text(why, "answer"), StringComparison.Ordinal);
        Assert.Equal("2 held back: 2 no address on this channel (no_address)", Text(summary, "text"));
        Assert.Equal(("greets", "hello", "sms", "no_address", 2), (Text(group, "journey"), Text(group, "step"), Text(group, "channel"), Text(group, "reason"), group.GetProperty("count").GetInt32()));
        Assert.Equal(2, facts.GetArrayLength());
        Assert.Equal(["why-4", "why-5"], people.EnumerateArray().Select(one => Text(one, "user_id")).Order());
        Assert.Equal(2, Assert.Single(byDay.GetProperty("groups").EnumerateArray()).GetProperty("count").GetInt32());
        Assert.StartsWith("未发或推迟 2", Text(byDay, "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_and_a_message_are_questions_too()
    {
        await PublishAsync("sends", "why_send", "", """{ "id": "hello", "type": "send", "channel": "sms", "template": "why-hello" }""");
        await _server.TrackAsync("identify", """{ "userId": "why-6", "traits": { "phone": "+8613800138000" } }""");
        await TrackAsync("why-6", "why_send");
        var message = (await _server.GetAsync("/api/messages?journey=sends")).GetProperty("messages")[0];
        var day = Text((await WhyAsync("why-6", "journey=sends")).GetProperty("decisions")[0], "at")[..10];

        var ofMessage = await WhyAsync("why-6", $"message={Text(message, "id")}");
        var ofDay = await WhyAsync("why-6", $"day={day}");
        var found = (await _server.GetAsync($"/api/audit?message={Text(message, "id")}&kind=message_queued")).GetProperty("facts");

        Assert.StartsWith("The SMS message \"why-hello\" of sends is ", Text(ofMessage, "answer"), StringComparison.Ordinal);
        Assert.Contains(ofMessage.GetProperty("decisions")[0].GetProperty("facts").EnumerateArray(), fact => Text(fact, "kind") == "message_queued");
        Assert.Contains($"facts on {day}:", Text(ofDay, "answer"), StringComparison.Ordinal);
        Assert.Single(found.EnumerateArray());
    }

    [Theory]
    [InlineData("/api/audit/why?contact=nobody-at-all&journey=x", 404, "not_found")]
    [InlineData("/api/audit/why?contact=why-7", 400, "bad_question")]
    [InlineData("/api/audit/why?contact=why-7&journey=x&day=2026-01-01", 400, "bad_question")]
    [InlineData("/api/audit/why?contact=why-7&journey=nowhere", 404, "unknown_journey")]
    [InlineData("/api/audit/why?contact=why-7&day=someday", 400, "bad_day")]
    [InlineData("/api/audit/why?contact=why-7&journey=x&language=fr", 400, "bad_language")]
    [InlineData("/api/audit/why?contact=why-7&message=00000000-0000-0000-0000-000000000001", 404, "unknown_message")]
    [InlineData("/api/audit/summary?by=mood", 400, "bad_grouping")]
    [InlineData("/api/audit/summary?about=mood", 400, "bad_about")]
    [InlineData("/api/audit/summary?from=2026-01-01&to=2028-01-01", 400, "bad_span")]
    [InlineData("/api/audit?text=abc", 400, "text_needs_contact")]
    [InlineData("/api/audit?journey=welcome&ordinal=1", 400, "ordinal_needs_contact")]
    public async Task A_question_that_is_none_is_a_problem_with_a_code(string path, int status, string code)
    {
        await TrackAsync("why-7", "something_else");

        using var request = _server.Request(HttpMethod.Get, path, Role.Viewer);
        var (answered, problem) = await _server.SendAsync(request);

        Assert.Equal((status, code), (answered, Text(problem, "code")));
    }

    [Fact]
    public async Task The_command_line_asks_a_running_server_as_it_asks_a_store()
    {
        await PublishAsync("asked", "why_asked", """, "where": { "combinator": "and", "rules": [ { "field": "event.amount", "operator": ">=", "value": 100 } ] }""");
        await TrackAsync("why-8", "why_asked", """, "properties": { "amount": 60 }""");
        string[] there = ["--server", _server.Http.BaseAddress!.ToString(), "--key", _server.Key(Role.Viewer)];

        var why = await CliRun.Of(["audit", "why", "--contact", "why-8", "--journey", "asked", .. there]);
        var query = await CliRun.Of(["audit", "query", "--contact", "user_id=why-8", "--journey", "asked", "--json", .. there]);
        var table = await CliRun.Of(["audit", "query", "--reason", "trigger_not_matched", "--journey", "asked", .. there]);
        var summary = await CliRun.Of(["audit", "summary", "--about", "not_entered", "--journey", "asked", .. there]);
        var refused = await CliRun.Of(["audit", "why", "--contact", "why-8", "--journey", "aksed", .. there]);

        Assert.Equal(0, why.Code);
        Assert.Contains("event.amount is 60, needed at least 100: no", why.Output, StringComparison.Ordinal);
        Assert.EndsWith("Now: not in the journey: what happened is not what starts it (trigger_not_matched).\n", why.Output, StringComparison.Ordinal);
        Assert.Equal("not_enrolled", Assert.Single(query.Json.EnumerateArray()).GetProperty("kind").GetString());
        Assert.Contains("did not enter", table.Output, StringComparison.Ordinal);
        Assert.StartsWith("1 time not entered: 1 what happened is not what starts it (trigger_not_matched)", summary.Output, StringComparison.Ordinal);
        Assert.Equal(2, refused.Code);
        Assert.Contains("none called 'aksed'. Did you mean 'asked'?", refused.Error, StringComparison.Ordinal);
        Assert.Contains("1 fact. Times are in", table.Error, StringComparison.Ordinal);
    }

    private async Task PublishAsync(string key, string on, string where = "", string step = """{ "id": "wait", "type": "wait", "for": "24h" }""")
    {
        var template = await _server.GetAsync("/api/templates");
        if (!template.ToString().Contains("why-hello", StringComparison.Ordinal))
        {
            var settings = await _server.GetAsync("/api/settings");
            var revision = settings.GetProperty("revision").GetInt32();
            await _server.AskAsync(HttpMethod.Put, "/api/settings", """{ "consent": { "sms": "assumed" }, "accounts": { "sms": "sandbox" } }""", revision == 0 ? null : $"\"{revision}\"");
            await _server.AskAsync(HttpMethod.Put, "/api/templates/why-hello", """{ "key": "why-hello", "channel": "sms", "content": { "text": "hello" } }""");
        }
        await _server.AskAsync(HttpMethod.Put, $"/api/journeys/{key}", Journey(key, on, where, step));
        await _server.AskAsync(HttpMethod.Post, $"/api/journeys/{key}/publish", new { });
    }

    private static string Journey(string key, string on, string where, string step = """{ "id": "wait", "type": "wait", "for": "24h" }""") =>
        $$"""{ "key": "{{key}}", "trigger": { "on": "event", "event": "{{on}}"{{where}} }, "steps": [ {{step}} ] }""";

    private Task<(int Status, JsonElement Body)> TrackAsync(string user, string name, string more = "") =>
        _server.TrackAsync("track", $$"""{ "userId": "{{user}}", "event": "{{name}}"{{more}} }""");

    private Task<JsonElement> WhyAsync(string user, string question) => _server.GetAsync($"/api/audit/why?contact={user}&{question}");

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
