using System.Text;
using Automation.Server.Security;
using Xunit;

namespace Automation.Server.Tests.Api;

public sealed class HookEndpointsTests
{
    [Fact]
    public async Task A_receipt_becomes_the_outcome_of_its_message_before_the_vendor_is_answered()
    {
        var vendor = new FakeVendor();
        await using var server = await RunningServer.StartAsync(connectors: vendor);
        var message = await SendOneAsync(server, vendor);

        using var wrong = Callback($$"""{ "signature": "wrong", "delivered": "{{message}}" }""");
        using var right = Callback($$"""{ "signature": "right", "delivered": "{{message}}" }""");
        using var refused = await server.Http.SendAsync(wrong);
        Assert.Empty(await server.FactsAsync("message_delivered"));
        using var taken = await server.Http.SendAsync(right);

        Assert.Equal(401, (int)refused.StatusCode);
        Assert.Equal(200, (int)taken.StatusCode);
        Assert.Equal("thanks", await taken.Content.ReadAsStringAsync());
        Assert.Contains(message.ToString(), Assert.Single(await server.FactsAsync("message_delivered")).Details, StringComparison.Ordinal);
        Assert.Equal("delivered", (await server.GetAsync($"/api/messages/{message}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_event_of_a_vendor_enters_like_any_other_and_once()
    {
        await using var server = await RunningServer.StartAsync(connectors: new FakeVendor());

        for (var n = 0; n < 2; n++)
        {
            using var callback = Callback("""{ "signature": "right", "said": "TD", "phone": "138 0013 8009" }""");
            using var answer = await server.Http.SendAsync(callback);
            Assert.Equal(200, (int)answer.StatusCode);
        }
        var found = (await server.GetAsync("/api/contacts?identity=phone:13800138009")).GetProperty("contacts");
        var timeline = await server.GetAsync($"/api/contacts/{found[0].GetProperty("id").GetInt64()}/timeline");

        var happened = Assert.Single(timeline.GetProperty("events").EnumerateArray());
        Assert.Equal("message_received", happened.GetProperty("name").GetString());
        Assert.Equal("vendor:reply-1", happened.GetProperty("message_id").GetString());
    }

    [Fact]
    public async Task A_message_with_an_unknown_outcome_is_settled_by_a_person()
    {
        var vendor = new FakeVendor { Loses = true };
        await using var server = await RunningServer.StartAsync(connectors: vendor);
        var message = await SendOneAsync(server, vendor);
        await server.UntilFactsAsync("message_unknown", 1);

        var listed = (await server.GetAsync("/api/messages?status=unknown")).GetProperty("messages");
        await server.AskAsync(HttpMethod.Post, $"/api/messages/{message}/settle", new { outcome = "delivered", text = "she called" });
        using var again = server.Request(HttpMethod.Post, $"/api/messages/{message}/settle", Role.Operator, """{ "outcome": "failed" }""");
        var (status, problem) = await server.SendAsync(again);

        Assert.Equal(message, Assert.Single(listed.EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal("+86138****8001", listed[0].GetProperty("address").GetString());
        Assert.StartsWith("key:", Assert.Single(await server.FactsAsync("message_delivered")).Actor, StringComparison.Ordinal);
        Assert.Equal((409, "not_unknown"), (status, problem.GetProperty("code").GetString()));
    }

    private static HttpRequestMessage Callback(string json) =>
        new(HttpMethod.Post, "/hooks/vendor") { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    private static async Task<Guid> SendOneAsync(RunningServer server, FakeVendor vendor)
    {
        await Greeting.SetUpAsync(server);
        await Greeting.KnowsAsync(server, 1);
        await Greeting.CameAsync(server, 1);
        var message = await vendor.Sent.WaitAsync(TimeSpan.FromSeconds(60));
        if (!vendor.Loses)
        {
            await server.UntilFactsAsync("message_sent", 1);
        }
        return message;
    }
}
