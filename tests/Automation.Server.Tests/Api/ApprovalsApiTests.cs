using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Server.Security;
using Automation.Server.Telling;
using Automation.Server.Tests.SignIn;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Api;

/// <summary>One server where publishing needs approval, and a few people who work with it.</summary>
public sealed class ApprovalsApiTests(ApprovalsApiTests.Office office) : IClassFixture<ApprovalsApiTests.Office>
{
    private readonly RunningServer _server = office.Server;

    [Fact]
    public async Task One_asks_another_looks_and_approves_and_it_goes_live_as_it_was_approved()
    {
        await SaveAsync(office.Li, "way", "24h");
        Assert.Equal((409, "approval_required"), await CodeAsync(office.Li, "/api/journeys/way/publish", new { }));

        var (status, asked) = await office.Li.SendAsync(HttpMethod.Post, "/api/journeys/way/approval", new { comment = "for the holidays", in_flight = "move" });
        Assert.Equal((201, 1, "open"), (status, asked.GetProperty("number").GetInt32(), asked.GetProperty("status").GetString()));
        var own = await StandingAsync(office.Li, "way");
        Assert.Equal((false, true), (own.GetProperty("may_decide").GetBoolean(), own.GetProperty("is_own").GetBoolean()));
        Assert.StartsWith("Expected somebody other than who asked, but li asked", own.GetProperty("why_not").GetString(), StringComparison.Ordinal);
        var seen = await StandingAsync(office.Wang, "way");
        Assert.Equal(("required", true, false), (seen.GetProperty("approval").GetString(), seen.GetProperty("may_decide").GetBoolean(), seen.GetProperty("is_own").GetBoolean()));
        Assert.Equal("way", seen.GetProperty("document").GetProperty("key").GetString());
        Assert.Equal("user:li", Assert.Single(seen.GetProperty("edited_by").EnumerateArray()).GetProperty("by").GetString());
        Assert.Equal("open", (await BriefAsync("way"))?.GetProperty("status").GetString());

        var (_, approved) = await office.Wang.SendAsync(HttpMethod.Post, "/api/journeys/way/approval/approve", new { number = 1, comment = "fine" });
        Assert.Equal("user:wang", approved.GetProperty("request").GetProperty("decided_by").GetString());
        Assert.Equal((409, "approval_differs"), await CodeAsync(office.Li, "/api/journeys/way/publish", new { }));
        var (published, version) = await office.Li.SendAsync(HttpMethod.Post, "/api/journeys/way/publish", new { in_flight = "move" });

        Assert.Equal((200, 1), (published, version.GetProperty("version").GetInt32()));
        Assert.Null(await BriefAsync("way"));
        Assert.Equal("published", (await StandingAsync(office.Wang, "way")).GetProperty("request").GetProperty("status").GetString());
        Assert.Equal(
            ["version 1 published; people on the way move to it; asked for by li, approved by wang", "approved request 1 of li: fine", "asked for approval, request 1: for the holidays"],
            await SentencesAsync("way", "en"));
        Assert.Equal(
            ["发布版本 1；在途的人迁移到新版本；li 申请，wang 批准", "批准 li 的申请（第 1 次）：fine", "申请审批（第 1 次）：for the holidays"], await SentencesAsync("way", "zh"));
    }

    [Fact]
    public async Task Approving_and_publishing_is_one_step_where_that_is_wanted()
    {
        await SaveAsync(office.Li, "step", "24h");
        await office.Li.SendAsync(HttpMethod.Post, "/api/journeys/step/approval", new { });

        var (status, done) = await office.Wang.SendAsync(HttpMethod.Post, "/api/journeys/step/approval/approve", new { number = 1, publish = true });

        Assert.Equal((200, 1), (status, done.GetProperty("version").GetInt32()));
        Assert.Equal("published", (await _server.GetAsync("/api/journeys/step")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_request_is_sent_back_with_a_comment_or_taken_back()
    {
        await SaveAsync(office.Li, "back", "24h");
        await office.Li.SendAsync(HttpMethod.Post, "/api/journeys/back/approval", new { });
        Assert.Equal((409, "own_approval"), await CodeAsync(office.Wang, "/api/journeys/back/approval/withdraw", new { number = 1 }));
        Assert.Equal((400, "comment_required"), await CodeAsync(office.Wang, "/api/journeys/back/approval/reject", new { number = 1, comment = " " }));
        Assert.Equal((400, "too_long"), await CodeAsync(office.Wang, "/api/journeys/back/approval/reject", new { number = 1, comment = new string('x', 501) }));

        await office.Wang.SendAsync(HttpMethod.Post, "/api/journeys/back/approval/reject", new { number = 1, comment = "too soon" });
        Assert.Equal("rejected", (await BriefAsync("back"))?.GetProperty("status").GetString());
        await office.Li.SendAsync(HttpMethod.Post, "/api/journeys/back/approval", new { });
        var (status, _) = await office.Li.SendAsync(HttpMethod.Post, "/api/journeys/back/approval/withdraw", new { number = 2 });

        Assert.Equal(200, status);
        Assert.Null(await BriefAsync("back"));
        Assert.Equal((409, "approval_ended"), await CodeAsync(office.Wang, "/api/journeys/back/approval/approve", new { number = 2 }));
        Assert.Equal(
            ["withdrew request 2", "asked for approval, request 2", "rejected request 1 of li: too soon", "asked for approval, request 1"], await SentencesAsync("back", "en"));
    }

    [Fact]
    public async Task A_changed_draft_needs_another_approval()
    {
        await SaveAsync(office.Li, "stale", "24h");
        await office.Li.SendAsync(HttpMethod.Post, "/api/journeys/stale/approval", new { });
        await office.Wang.SendAsync(HttpMethod.Post, "/api/journeys/stale/approval/approve", new { number = 1 });
        await SaveAsync(office.Wang, "stale", "25h");

        var (status, problem) = await office.Li.SendAsync(HttpMethod.Post, "/api/journeys/stale/publish", new { });

        Assert.Equal((409, "approval_stale"), (status, problem.GetProperty("code").GetString()));
        Assert.Matches("^Expected the draft that wang approved at .+, but it was changed by wang at .+: ask for approval again.$", problem.GetProperty("detail").GetString()!);
        Assert.Equal((409, "own_approval"), await DecideAfterAskingAsync("stale", 2, office.Wang));
        Assert.Contains("request 1 of li, approved by wang, became void: the journey was changed", await SentencesAsync("stale", "en"));
        Assert.Contains("li 的申请（第 1 次，wang 已批准）作废：旅程有改动", await SentencesAsync("stale", "zh"));
    }

    [Fact]
    public async Task A_key_that_somebody_made_does_not_approve_for_them()
    {
        var (_, made) = await office.Boss.SendAsync(HttpMethod.Post, "/api/keys", new { role = "marketer", name = "robot" });
        await SaveAsync(office.Boss, "robot", "24h");
        await office.Boss.SendAsync(HttpMethod.Post, "/api/journeys/robot/approval", new { });

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/journeys/robot/approval/approve") { Content = System.Net.Http.Json.JsonContent.Create(new { number = 1 }) };
        request.Headers.Add("Authorization", $"Bearer {made.GetProperty("key").GetString()}");
        var (status, problem) = await _server.SendAsync(request);

        Assert.Equal((409, "own_approval"), (status, problem.GetProperty("code").GetString()));
        await office.Boss.SendAsync(HttpMethod.Delete, $"/api/keys/{made.GetProperty("id").GetString()}");
    }

    [Fact]
    public async Task The_setting_is_changed_by_admins_in_its_own_place_and_nowhere_else()
    {
        foreach (var role in new[] { Role.Developer, Role.Marketer, Role.Operator, Role.Viewer })
        {
            using var request = _server.Request(HttpMethod.Put, "/api/settings/approval", role, """{ "approval": "none" }""");
            Assert.Equal(403, (await _server.SendAsync(request)).Status);
        }
        foreach (var (path, body) in new[]
        {
            ("/api/settings", """{ "approval": "none" }"""), ("/api/settings/approval", """{ "approval": "none", "actor": "li" }"""),
            ("/api/settings/approval", """{ "approval": "off" }"""), ("/api/settings/approval", "{}"),
        })
        {
            using var request = _server.Request(HttpMethod.Put, path, Role.Admin, body);
            request.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
            Assert.InRange((await _server.SendAsync(request)).Status, 400, 422);
        }
        var journey = """{ "key": "sneaky", "approval": "none", "trigger": { "on": "event", "event": "e" }, "entry": { "repeat": "once" }, "steps": [ { "id": "w", "type": "wait", "for": "1h" } ] }""";
        await _server.AskAsync(HttpMethod.Put, "/api/journeys/sneaky", journey);
        using var publish = _server.Request(HttpMethod.Post, "/api/journeys/sneaky/publish", Role.Admin, """{ "approval": "none" }""");
        Assert.Equal(400, (await _server.SendAsync(publish)).Status);

        Assert.Equal("required", (await _server.GetAsync("/api/settings/approval")).GetProperty("approval").GetString());
        Assert.Equal("approval before publishing is required, was none", (await SentencesAsync(null, "en", "approval_set"))[^1]);
    }

    private static Task<(int Status, JsonElement Body)> SaveAsync(Browser who, string key, string wait) => SaveAsync(who, key, wait, null);

    private static async Task<(int Status, JsonElement Body)> SaveAsync(Browser who, string key, string wait, string? revision)
    {
        var (_, known) = await who.SendAsync(HttpMethod.Get, $"/api/journeys/{key}");
        revision ??= known.TryGetProperty("revision", out var at) ? at.GetRawText() : null;
        var document = $$"""
            { "key": "{{key}}", "trigger": { "on": "event", "event": "{{key}}_came" }, "entry": { "repeat": "once" }, "steps": [ { "id": "wait", "type": "wait", "for": "{{wait}}" } ] }
            """;
        var saved = await who.SendAsync(HttpMethod.Put, $"/api/journeys/{key}", document, revision is null ? [] : [("If-Match", $"\"{revision}\"")]);
        Assert.Equal(200, saved.Status);
        return saved;
    }

    private async Task<(int Status, string? Code)> DecideAfterAskingAsync(string key, int number, Browser decider)
    {
        await office.Li.SendAsync(HttpMethod.Post, $"/api/journeys/{key}/approval", new { });
        return await CodeAsync(decider, $"/api/journeys/{key}/approval/approve", new { number });
    }

    private static async Task<(int Status, string? Code)> CodeAsync(Browser who, string path, object body)
    {
        var (status, problem) = await who.SendAsync(HttpMethod.Post, path, body);
        return (status, problem.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    private static async Task<JsonElement> StandingAsync(Browser who, string key) => (await who.SendAsync(HttpMethod.Get, $"/api/journeys/{key}/approval")).Body;

    private async Task<JsonElement?> BriefAsync(string key)
    {
        var one = (await _server.GetAsync("/api/journeys")).GetProperty("journeys").EnumerateArray().Single(journey => journey.GetProperty("key").GetString() == key);
        return one.TryGetProperty("approval", out var brief) ? brief : null;
    }

    private async Task<IReadOnlyList<string>> SentencesAsync(string? journey, string language, string? kind = null)
    {
        var rows = await _server.Ledger.FactsAsync(new FactQuery(Journey: journey, Kind: kind, Limit: 100), CancellationToken.None);
        var wording = new Wording(new LocalTimes(DateTimeZone.Utc), language == "zh");
        return [.. rows.Where(row => row.Kind != "definition_saved").Select(row => WorkspaceSentence.Of((WorkspaceFact)FactRows.FactOf(row)!, wording))];
    }

    public sealed class Office : IAsyncLifetime
    {
        public RunningServer Server { get; private set; } = null!;

        internal Browser Li { get; private set; } = null!;

        internal Browser Wang { get; private set; } = null!;

        internal Browser Boss { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await RunningServer.StartAsync();
            Li = await Browser.InvitedAsync(Server, "li", Role.Marketer);
            Wang = await Browser.InvitedAsync(Server, "wang", Role.Marketer);
            Boss = await Browser.InvitedAsync(Server, "boss", Role.Admin);
            await Boss.SendAsync(HttpMethod.Put, "/api/settings/approval", new { approval = "required" });
        }

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
