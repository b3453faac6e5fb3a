using System.Text.Json;
using Automation.Server.Security;
using Xunit;

namespace Automation.Server.Tests.Api;

public sealed class ManagementApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task A_contact_is_found_by_identity_and_tells_what_happened()
    {
        await _server.TrackAsync("identify", """{ "userId": "u-3", "traits": { "name": "陈", "phone": "13800138001", "level": "vip" } }""");
        await _server.TrackAsync("track", """{ "userId": "u-3", "messageId": "m-1", "event": "order_paid", "properties": { "amount": 12.5 } }""");

        var found = (await _server.GetAsync("/api/contacts?identity=u-3")).GetProperty("contacts")[0];
        var byPhone = (await _server.GetAsync("/api/contacts?identity=phone:13800138001")).GetProperty("contacts")[0];
        var id = found.GetProperty("id").GetInt64();
        var whole = await _server.GetAsync($"/api/contacts/{id}");
        var timeline = await _server.GetAsync($"/api/contacts/{id}/timeline");

        Assert.Equal(id, byPhone.GetProperty("id").GetInt64());
        Assert.Equal("vip", whole.GetProperty("attributes").GetProperty("level").GetString());
        Assert.False(whole.GetProperty("attributes").TryGetProperty("phone", out _));
        Assert.Equal("order_paid", whole.GetProperty("histories")[0].GetProperty("event").GetString());
        Assert.Contains(timeline.GetProperty("events").EnumerateArray(), one => one.GetProperty("message_id").GetString() == "m-1");
    }

    [Fact]
    public async Task What_people_do_for_a_contact_stands_in_the_ledger_with_their_key()
    {
        var id = await ContactAsync();

        await _server.AskAsync(HttpMethod.Post, $"/api/contacts/{id}/tags", new { add = new[] { "tea" } });
        await _server.AskAsync(HttpMethod.Post, $"/api/contacts/{id}/lists", new { add = new[] { "vips" } });
        await _server.AskAsync(HttpMethod.Post, $"/api/contacts/{id}/consent", new { channel = "sms", granted = false });
        await _server.AskAsync(HttpMethod.Post, $"/api/contacts/{id}/quota", new { quota = "coupon", amount = 2 });
        var contact = await _server.GetAsync($"/api/contacts/{id}");
        var facts = (await _server.GetAsync($"/api/audit?contact={id}&kind=tags_changed")).GetProperty("facts");

        Assert.Equal("tea", contact.GetProperty("tags")[0].GetString());
        Assert.Equal("vips", contact.GetProperty("lists")[0].GetString());
        Assert.False(contact.GetProperty("consents")[0].GetProperty("granted").GetBoolean());
        Assert.Equal(2, contact.GetProperty("quotas")[0].GetProperty("balance").GetInt64());
        Assert.StartsWith("key:", Assert.Single(facts.EnumerateArray()).GetProperty("actor").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_does_not_apply_is_a_conflict_with_its_reason()
    {
        var id = await ContactAsync();

        var (status, problem) = await FailAsync(HttpMethod.Post, $"/api/contacts/{id}/enrollments", new { journey = "nowhere" });

        Assert.Equal((409, "unknown_journey"), (status, problem.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("GET", "/api/contacts/999", null, 404, "not_found")]
    [InlineData("POST", "/api/contacts/999/tags", """{ "add": ["x"] }""", 404, "not_found")]
    [InlineData("POST", "/api/contacts/1/tags", """{ "ad": ["x"] }""", 400, "malformed_json")]
    [InlineData("POST", "/api/contacts/1/consent", """{ "channel": null, "granted": true }""", 400, "malformed_json")]
    [InlineData("POST", "/api/contacts/1/consent", """{ "granted": true }""", 400, "malformed_json")]
    [InlineData("GET", "/api/messages/00000000-0000-0000-0000-000000000000", null, 404, "not_found")]
    [InlineData("GET", "/api/messages?status=lost", null, 400, "unknown_status")]
    [InlineData("GET", "/api/audit?limit=0", null, 400, "bad_limit")]
    [InlineData("GET", "/api/audit?limit=5000", null, 400, "bad_limit")]
    [InlineData("GET", "/api/audit?from=yesterday", null, 400, "bad_time")]
    [InlineData("GET", "/api/audit?kind=nothing", null, 400, "unknown_kind")]
    [InlineData("GET", "/api/audit?order=sideways", null, 400, "bad_order")]
    [InlineData("GET", "/api/nowhere", null, 404, "not_found")]
    [InlineData("PUT", "/api/audit", "{}", 405, "method_not_allowed")]
    [InlineData("POST", "/api/keys", """{ "role": "king" }""", 400, "malformed_json")]
    [InlineData("POST", "/hooks/nobody", "{}", 404, "not_found")]
    public async Task Every_error_is_a_problem_with_a_code(string method, string path, string? json, int status, string code)
    {
        var (answered, problem) = await FailAsync(HttpMethod.Parse(method), path, json);

        Assert.Equal((status, code), (answered, problem.GetProperty("code").GetString()));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.StartsWith("Expected ", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_is_read_in_pages_and_as_a_stream_and_is_whole()
    {
        var id = await ContactAsync();
        for (var n = 0; n < 5; n++)
        {
            await _server.AskAsync(HttpMethod.Post, $"/api/contacts/{id}/tags", new { add = new[] { $"tag-{n}" } });
        }

        var seen = new List<long>();
        long? before = null;
        do
        {
            var page = await _server.GetAsync($"/api/audit?contact={id}&kind=tags_changed&limit=2{(before is null ? "" : $"&before={before}")}");
            seen.AddRange(page.GetProperty("facts").EnumerateArray().Select(fact => fact.GetProperty("sequence").GetInt64()));
            before = page.TryGetProperty("next", out var next) ? next.GetInt64() : null;
        }
        while (before is not null);
        using var request = _server.Request(HttpMethod.Get, $"/api/audit/export?contact={id}&kind=tags_changed", Role.Viewer);
        using var stream = await _server.Http.SendAsync(request);
        var lines = (await stream.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line));
        var verdict = await _server.GetAsync("/api/audit/verify");

        Assert.Equal(5, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.Equal(seen.Order(), lines.Select(line => line.GetProperty("sequence").GetInt64()));
        Assert.True(verdict.GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task The_mailbox_and_the_connectors_answer()
    {
        var mailbox = await _server.GetAsync("/api/sandbox/mailbox");
        var connectors = (await _server.GetAsync("/api/connectors")).GetProperty("connectors");
        var webhook = await _server.GetAsync("/api/connectors/webhook");
        await _server.AskAsync(HttpMethod.Delete, "/api/sandbox/mailbox");

        Assert.Equal(0, mailbox.GetProperty("total").GetInt64());
        Assert.Equal(["aliyun_sms", "sandbox", "tencent_sms", "webhook", "wechat_mini_program", "wechat_official_account", "wecom"], connectors.EnumerateArray().Select(one => one.GetProperty("key").GetString()!));
        Assert.Equal("webhook", webhook.GetProperty("key").GetString());
    }

    [Fact]
    public async Task The_description_names_every_route_and_who_may_call_it()
    {
        var description = await _server.GetAsync("/openapi/v1.json");
        var paths = description.GetProperty("paths");

        Assert.Contains("/v1/track", paths.EnumerateObject().Select(path => path.Name));
        foreach (var path in paths.EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.True(operation.Value.GetProperty("tags").GetArrayLength() > 0, $"{operation.Name} {path.Name} has no tag.");
                Assert.True(operation.Value.TryGetProperty("summary", out _), $"{operation.Name} {path.Name} has no summary.");
            }
        }
        Assert.Equal("Roles: admin.", paths.GetProperty("/api/keys").GetProperty("get").GetProperty("description").GetString());
    }

    private async Task<long> ContactAsync()
    {
        var user = Guid.NewGuid().ToString("N");
        await _server.TrackAsync("track", $$"""{ "userId": "{{user}}", "event": "e" }""");
        return (await _server.GetAsync($"/api/contacts?identity=user_id:{user}")).GetProperty("contacts")[0].GetProperty("id").GetInt64();
    }

    private async Task<(int Status, JsonElement Body)> FailAsync(HttpMethod method, string path, object? json)
    {
        using var request = _server.Request(method, path, Role.Admin, json);
        return await _server.SendAsync(request);
    }
}
