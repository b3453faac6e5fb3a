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
        await Greeting.SetUpAsync(server);

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
        await Greeting.KnowsAsync(server, person);
        await Greeting.CameAsync(server, person);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
