using System.Globalization;

namespace Automation.Server.Tests;

/// <summary>The journey <c>greet</c>: one SMS, from template <c>hi</c>, to everybody who <c>came</c>.</summary>
internal static class Greeting
{
    /// <summary>A server that sends through this vendor, and knows the numbers of u-1 and u-2.</summary>
    public static async Task<RunningServer> StartAsync(FakeVendor vendor)
    {
        var server = await RunningServer.StartAsync(connectors: vendor);
        await SetUpAsync(server);
        await KnowsAsync(server, 1, 2);
        return server;
    }

    /// <param name="account">Through which it goes.</param>
    public static async Task SetUpAsync(RunningServer server, string account = "vendor")
    {
        await server.AskAsync(HttpMethod.Put, "/api/settings", $$"""{ "consent": { "sms": "assumed" }, "accounts": { "sms": "{{account}}" } }""");
        await server.AskAsync(HttpMethod.Put, "/api/templates/hi", """{ "key": "hi", "channel": "sms", "content": { "text": "hi" } }""");
        await server.AskAsync(HttpMethod.Put, "/api/journeys/greet", """
            { "key": "greet", "trigger": { "on": "event", "event": "came" }, "entry": { "repeat": "always" },
              "steps": [ { "id": "hi", "type": "send", "channel": "sms", "template": "hi" } ] }
            """);
        await server.AskAsync(HttpMethod.Post, "/api/journeys/greet/publish", new { });
    }

    public static async Task KnowsAsync(RunningServer server, params int[] people)
    {
        foreach (var n in people)
        {
            await server.TrackAsync("identify", string.Create(CultureInfo.InvariantCulture, $$"""{ "userId": "u-{{n}}", "traits": { "phone": "1380013800{{n}}" } }"""));
        }
    }

    public static Task<(int Status, System.Text.Json.JsonElement Body)> CameAsync(RunningServer server, int n) =>
        server.TrackAsync("track", string.Create(CultureInfo.InvariantCulture, $$"""{ "userId": "u-{{n}}", "event": "came" }"""));
}
