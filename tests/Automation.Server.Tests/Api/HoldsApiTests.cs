using System.Text.Json;
using Automation.Server.Security;
using Xunit;

namespace Automation.Server.Tests.Api;

/// <summary>Holding back by hand, over the API: with a preview, a reason and a record.</summary>
public sealed class HoldsApiTests
{
    [Fact]
    public async Task What_is_held_waits_is_counted_and_goes_when_it_is_released()
    {
        var vendor = new FakeVendor();
        await using var server = await RunningServer.StartAsync(connectors: vendor);
        await server.AskAsync(HttpMethod.Put, "/api/settings", """{ "consent": { "sms": "assumed" }, "accounts": { "sms": "vendor" } }""");
        await server.AskAsync(HttpMethod.Put, "/api/templates/hi", """{ "key": "hi", "channel": "sms", "content": { "text": "hi" } }""");
        await server.AskAsync(HttpMethod.Put, "/api/templates/other", """{ "key": "other", "channel": "sms", "content": { "text": "hi" } }""");
        foreach (var (journey, template) in new[] { ("greet", "hi"), ("follow", "other") })
        {
            await server.AskAsync(HttpMethod.Put, $"/api/journeys/{journey}", $$"""
                { "key": "{{journey}}", "trigger": { "on": "event", "event": "came" }, "entry": { "repeat": "always" },
                  "steps": [ { "id": "hi", "type": "send", "channel": "sms", "template": "{{template}}" } ] }
                """);
            await server.AskAsync(HttpMethod.Post, $"/api/journeys/{journey}/publish", new { });
        }

        var held = await server.AskAsync(HttpMethod.Post, "/api/holds", new { target = "template:hi", reason = "wrong price" });
        await server.TrackAsync("identify", """{ "userId": "u-1", "traits": { "phone": "13800138001" } }""");
        await server.TrackAsync("track", """{ "userId": "u-1", "event": "came" }""");
        await server.UntilFactsAsync("message_sent", 1);
        var preview = await server.GetAsync("/api/holds/preview?target=template:hi");
        var accounts = await server.GetAsync("/api/accounts");
        var list = await server.GetAsync("/api/holds");
        var released = await server.AskAsync(HttpMethod.Delete, "/api/holds/template:hi?reason=mended");
        var sent = await server.UntilFactsAsync("message_sent", 2);

        Assert.Equal("template:hi wrong price 0", $"{Text(held, "target")} {Text(held, "reason")} {held.GetProperty("waiting").GetInt64()}");
        Assert.Equal((true, 1L), (preview.GetProperty("held").GetBoolean(), preview.GetProperty("waiting").GetInt64()));
        Assert.Equal("template:hi", Text(Assert.Single(accounts.GetProperty("held_by_people").EnumerateArray()), "target"));
        Assert.Empty(accounts.GetProperty("held").EnumerateArray());
        Assert.Equal(1, Assert.Single(list.GetProperty("held").EnumerateArray()).GetProperty("waiting").GetInt64());
        Assert.Equal(1, released.GetProperty("waiting").GetInt64());
        Assert.Equal(["follow", "greet"], sent.OrderBy(fact => fact.Sequence).Select(fact => fact.Journey));
        Assert.Equal("hold_released", Assert.Single(await server.FactsAsync("retry_scheduled")).Reason);
        Assert.Equal("wrong price", Assert.Single(await server.FactsAsync("messages_held")).Reason);
        Assert.Equal("mended", Assert.Single(await server.FactsAsync("messages_released")).Reason);
        var ended = Assert.Single((await server.GetAsync("/api/holds")).GetProperty("released").EnumerateArray());
        Assert.Equal("mended", Text(ended, "release_reason"));
    }

    [Theory]
    [InlineData("""{ "target": "everything" }""", 400, "reason_required")]
    [InlineData("""{ "target": "everything", "reason": "  " }""", 400, "reason_required")]
    [InlineData("""{ "target": "account", "reason": "why" }""", 400, "bad_target")]
    [InlineData("""{ "target": "planet:earth", "reason": "why" }""", 400, "bad_target")]
    [InlineData("""{ "target": "account:nobody", "reason": "why" }""", 404, "not_found")]
    [InlineData("""{ "target": "account:sandobx", "reason": "why" }""", 404, "not_found", "Did you mean 'sandbox'?")]
    public async Task A_hold_without_a_reason_or_a_target_is_refused(string json, int status, string code, string hint = "")
    {
        await using var server = await RunningServer.StartAsync();
        using var request = server.Request(HttpMethod.Post, "/api/holds", Role.Operator, json);

        var (answered, problem) = await server.SendAsync(request);

        Assert.Equal((status, code), (answered, Text(problem, "code")));
        Assert.EndsWith(hint, Text(problem, "detail"), StringComparison.Ordinal);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
