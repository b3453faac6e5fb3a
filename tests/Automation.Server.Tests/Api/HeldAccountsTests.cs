using System.Text.Json;
using Xunit;

namespace Automation.Server.Tests.Api;

public sealed class HeldAccountsTests
{
    [Fact]
    public async Task An_account_that_is_wrong_is_shown_and_goes_on_when_it_is_saved()
    {
        var vendor = new FakeVendor { Refuses = true };
        await using var server = await RunningServer.StartAsync(connectors: vendor);
        await server.AskAsync(HttpMethod.Put, "/api/settings", """{ "consent": { "sms": "assumed" }, "accounts": { "sms": "vendor" } }""");
        await server.AskAsync(HttpMethod.Put, "/api/templates/hi", """{ "key": "hi", "channel": "sms", "content": { "text": "hi" } }""");
        await server.AskAsync(HttpMethod.Put, "/api/journeys/greet", """
            { "key": "greet", "trigger": { "on": "event", "event": "came" }, "entry": { "repeat": "always" },
              "steps": [ { "id": "hi", "type": "send", "channel": "sms", "template": "hi" } ] }
            """);
        await server.AskAsync(HttpMethod.Post, "/api/journeys/greet/publish", new { });

        await CameAsync(server, 1);
        await server.UntilFactsAsync("retry_scheduled", 1);
        await CameAsync(server, 2);
        var held = Assert.Single((await server.GetAsync("/api/accounts")).GetProperty("held").EnumerateArray());
        vendor.Refuses = false;
        Assert.Empty(await server.FactsAsync("message_sent"));
        await server.AskAsync(HttpMethod.Put, "/api/accounts/vendor", """{ "connector": "vendor" }""");
        await server.UntilFactsAsync("message_sent", 1);

        Assert.Equal("vendor sms Expected a valid key, but it was withdrawn.", $"{Text(held, "account")} {Text(held, "channel")} {Text(held, "text")}");
        Assert.Empty((await server.GetAsync("/api/accounts")).GetProperty("held").EnumerateArray());
        Assert.Single(await server.FactsAsync("retry_scheduled"));
    }

    private static async Task CameAsync(RunningServer server, int person)
    {
        await server.TrackAsync("identify", $$"""{ "userId": "u-{{person}}", "traits": { "phone": "1380013800{{person}}" } }""");
        await server.TrackAsync("track", $$"""{ "userId": "u-{{person}}", "event": "came" }""");
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
