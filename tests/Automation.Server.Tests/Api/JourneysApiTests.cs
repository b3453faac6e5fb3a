using System.Text.Json;
using Automation.Server.Security;
using Xunit;

namespace Automation.Server.Tests.Api;

public sealed class JourneysApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task A_journey_goes_from_draft_to_live_and_enrols()
    {
        await PutTemplateAsync("thanks");
        var saved = await _server.AskAsync(HttpMethod.Put, "/api/journeys/care", Journey("care", "care_event"));
        var published = await _server.AskAsync(HttpMethod.Post, "/api/journeys/care/publish", new { });

        await _server.TrackAsync("track", """{ "userId": "care-1", "messageId": "care-m", "event": "care_event", "properties": { "amount": 5 } }""");
        var facts = (await _server.GetAsync("/api/audit?journey=care&kind=enrolled")).GetProperty("facts");
        var journey = await _server.GetAsync("/api/journeys/care");
        var stats = await _server.GetAsync("/api/journeys/care/stats");
        var list = (await _server.GetAsync("/api/journeys")).GetProperty("journeys");

        Assert.Equal(0, saved.GetProperty("findings").GetArrayLength());
        Assert.Equal(1, published.GetProperty("version").GetInt32());
        Assert.Equal("event:care-m", Assert.Single(facts.EnumerateArray()).GetProperty("cause").GetString());
        Assert.Equal("published", journey.GetProperty("status").GetString());
        Assert.Equal("wait", stats.GetProperty("steps")[0].GetProperty("step").GetString());
        Assert.Equal(1, stats.GetProperty("steps")[0].GetProperty("count").GetInt32());
        Assert.Contains(list.EnumerateArray(), one => one.GetProperty("key").GetString() == "care");
    }

    [Fact]
    public async Task Two_editors_do_not_undo_each_other()
    {
        var first = await _server.AskAsync(HttpMethod.Put, "/api/journeys/shared", Journey("shared", "e"));
        var revision = first.GetProperty("revision").GetInt32();
        await _server.AskAsync(HttpMethod.Put, "/api/journeys/shared", Journey("shared", "e2"), $"\"{revision}\"");

        var (conflict, problem) = await PutAsync("/api/journeys/shared", Journey("shared", "e3"), $"\"{revision}\"");
        var (blind, blindProblem) = await PutAsync("/api/journeys/shared", Journey("shared", "e3"), null);

        Assert.Equal((412, "revision_conflict"), (conflict, problem.GetProperty("code").GetString()));
        Assert.Equal(revision + 1, problem.GetProperty("revision").GetInt32());
        Assert.Equal((428, "revision_required"), (blind, blindProblem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_draft_may_have_findings_and_cannot_be_published_with_them()
    {
        const string wrong = """{ "key": "half", "trigger": { "on": "event", "event": "e" }, "steps": [ { "id": "a", "type": "send", "channel": "sms", "template": "nowhere" } ] }""";

        var saved = await _server.AskAsync(HttpMethod.Put, "/api/journeys/half", wrong);
        using var request = _server.Request(HttpMethod.Post, "/api/journeys/half/publish", Role.Admin, "{}");
        var (status, problem) = await _server.SendAsync(request);

        Assert.Contains(saved.GetProperty("findings").EnumerateArray(), one => one.GetProperty("pointer").GetString() == "/steps/0/template");
        Assert.Equal((422, "findings"), (status, problem.GetProperty("code").GetString()));
        Assert.Contains(problem.GetProperty("findings").EnumerateArray(), one => one.GetProperty("code").GetString() == "unknown_template");
    }

    [Fact]
    public async Task A_journey_is_paused_resumed_and_archived_with_facts()
    {
        await _server.AskAsync(HttpMethod.Put, "/api/journeys/stop", Journey("stop", "stop_event"));
        await _server.AskAsync(HttpMethod.Post, "/api/journeys/stop/publish", new { in_flight = "stay", count_existing = false });

        var paused = await _server.AskAsync(HttpMethod.Post, "/api/journeys/stop/pause", new { time = "stands_still" });
        var (again, problem) = await PostAsync("/api/journeys/stop/pause", """{ "time": "stands_still" }""");
        await _server.AskAsync(HttpMethod.Post, "/api/journeys/stop/resume", new { spread = "30m" });
        var archived = await _server.AskAsync(HttpMethod.Post, "/api/journeys/stop/archive");
        var kinds = (await _server.GetAsync("/api/audit?journey=stop")).GetProperty("facts").EnumerateArray().Select(one => one.GetProperty("kind").GetString()).ToList();

        Assert.Equal("paused", paused.GetProperty("status").GetString());
        Assert.Equal((409, "already_paused"), (again, problem.GetProperty("code").GetString()));
        Assert.Equal("archived", archived.GetProperty("status").GetString());
        Assert.Equal(["journey_archived", "journey_resumed", "journey_paused", "journey_published", "definition_saved"], kinds);
    }

    [Fact]
    public async Task Versions_stay_and_a_journey_nobody_is_in_can_be_deleted()
    {
        await _server.AskAsync(HttpMethod.Put, "/api/journeys/gone", Journey("gone", "e"));
        await _server.AskAsync(HttpMethod.Post, "/api/journeys/gone/publish", new { });
        var versions = (await _server.GetAsync("/api/journeys/gone/versions")).GetProperty("versions");

        await _server.AskAsync(HttpMethod.Delete, "/api/journeys/gone");
        using var request = _server.Request(HttpMethod.Get, "/api/journeys/gone", Role.Viewer);
        var (status, _) = await _server.SendAsync(request);

        Assert.Equal(1, Assert.Single(versions.EnumerateArray()).GetProperty("version").GetInt32());
        Assert.Equal(404, status);
    }

    [Fact]
    public async Task Templates_segments_and_settings_are_live_with_their_saving_or_refused()
    {
        await PutTemplateAsync("hello");
        await _server.AskAsync(HttpMethod.Put, "/api/segments/vips", """{ "key": "vips", "rule": { "combinator": "and", "rules": [ { "field": "contact.level", "operator": "=", "value": "vip" } ] } }""");
        var settings = await _server.GetAsync("/api/settings");
        await _server.AskAsync(
            HttpMethod.Put, "/api/settings", """{ "time_zone": "Europe/Berlin", "consent": { "sms": "assumed" }, "accounts": { "sms": "sandbox" } }""",
            $"\"{settings.GetProperty("revision").GetInt32()}\"");
        var (status, problem) = await PutAsync("/api/templates/broken", """{ "key": "broken", "channel": "sms", "content": { "text": "{{ for }}" } }""", null);
        var (mismatch, mismatchProblem) = await PutAsync("/api/templates/this", """{ "key": "that", "channel": "sms", "content": { "text": "x" } }""", null);

        Assert.Equal("vips", (await _server.GetAsync("/api/segments/vips")).GetProperty("document").GetProperty("key").GetString());
        Assert.Equal("Europe/Berlin", (await _server.GetAsync("/api/settings")).GetProperty("document").GetProperty("time_zone").GetString());
        Assert.Equal(422, status);
        Assert.NotEqual(0, problem.GetProperty("findings").GetArrayLength());
        Assert.Equal((400, "key_mismatch"), (mismatch, mismatchProblem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Secrets_go_in_and_never_come_out()
    {
        var account = await _server.AskAsync(HttpMethod.Put, "/api/accounts/crm", new
        {
            connector = "webhook", configuration = new { url = "https://crm.example/hook" }, secrets = new { signing_secret = "s3cr3t-s3cr3t-s3cr3t-s3cr3t" },
        });
        var stored = await _server.Definitions.FindAsync("account", "crm", CancellationToken.None);
        var (status, problem) = await PutAsync("/api/accounts/wrong", """{ "connector": "webhook", "configuration": { "uri": "x" } }""", null);

        Assert.Equal(["signing_secret"], account.GetProperty("secrets").EnumerateArray().Select(one => one.GetString()!));
        Assert.DoesNotContain("s3cr3t", account.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", stored!.Published, StringComparison.Ordinal);
        Assert.Equal((400, "bad_configuration"), (status, problem.GetProperty("code").GetString()));
    }

    private Task<JsonElement> PutTemplateAsync(string key) => _server.AskAsync(
        HttpMethod.Put, $"/api/templates/{key}", $$"""{ "key": "{{key}}", "channel": "sms", "content": { "text": "hello" } }""");

    private async Task<(int Status, JsonElement Body)> PutAsync(string path, string json, string? ifMatch)
    {
        using var request = _server.Request(HttpMethod.Put, path, Role.Admin, json);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }
        return await _server.SendAsync(request);
    }

    private async Task<(int Status, JsonElement Body)> PostAsync(string path, string json)
    {
        using var request = _server.Request(HttpMethod.Post, path, Role.Admin, json);
        return await _server.SendAsync(request);
    }

    private static string Journey(string key, string @event) =>
        $$"""
        { "key": "{{key}}", "name": "Test", "trigger": { "on": "event", "event": "{{@event}}" }, "entry": { "repeat": "always" },
          "steps": [ { "id": "wait", "type": "wait", "for": "1d", "next": "mark" }, { "id": "mark", "type": "update", "add_tags": [ "seen" ] } ] }
        """;
}
