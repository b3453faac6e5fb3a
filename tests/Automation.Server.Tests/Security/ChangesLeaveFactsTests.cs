using System.Text.Json;
using Automation.Runtime.Ports;
using Automation.Server.Security;
using Automation.Server.SignIn;
using Automation.Server.Tests.SignIn;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Automation.Server.Tests.Security;

/// <summary>Every route that changes something leaves a fact, or stands here with the reason why not.</summary>
public sealed class ChangesLeaveFactsTests
{
    /// <summary>Routes that leave no fact of their own, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["accounts_sync"] = "Reads a vendor's list; what it finds comes as events, which are records.",
        ["accounts_test"] = "Asks and changes nothing.",
        ["bulk_preview"] = "Counts and changes nothing.",
        ["contacts_retry_step"] = "The same command as skipping but for where it goes on; it needs a step that is stuck, and the core's tests hold its fact.",
        ["dead_letters_discard"] = "Refuses where there are none, as here; where there are, it leaves what replaying them leaves.",
        ["hooks_post"] = "The vendor's word; receipts and replies leave facts and events of their own (HookEndpointsTests).",
        ["journeys_forecast"] = "Counts and changes nothing.",
        ["journeys_lint"] = "Looks and changes nothing.",
        ["links_look"] = "Looks and changes nothing.",
        ["sandbox_clear"] = "The sandbox's mailbox is for trying out; what was sent to it stays in the ledger.",
        ["segments_count"] = "Counts and changes nothing.",
        ["session_second_factor_offer"] = "Nothing holds until the code was typed in, which is a fact.",
        ["templates_preview"] = "Renders and changes nothing.",
        ["templates_test"] = "Puts one message into the sandbox's mailbox; nobody gets anything.",
        ["users_set_up_link"] = "Only while there is no admin; the link opens nothing until it is used, which is a fact.",
    };

    private readonly HashSet<string> _walked = new(StringComparer.Ordinal);
    private readonly List<string> _wrong = [];
    private RunningServer _server = null!;

    [Fact]
    public async Task Every_changing_route_leaves_a_fact_with_who_did_it_or_says_why_it_does_not()
    {
        await using var server = await RunningServer.StartAsync(connectors: new FakeVendor { Loses = true });
        _server = server;

        await FourEyesAsync();
        await DefinitionsAsync();
        await PeopleOnTheWayAsync();
        await ColleaguesAsync();
        await OneselfAsync();

        Assert.True(_wrong.Count == 0, string.Join("\n", _wrong));
        // Events and calls of the tracking API are records themselves.
        var routes = server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Any(method => method is "POST" or "PUT" or "PATCH" or "DELETE") == true)
            .Where(route => !route.RoutePattern.RawText!.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal))
            .Select(route => route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? route.DisplayName!).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(routes.Order(), _walked.Concat(Exceptions.Keys).Order());
        Assert.All(Exceptions.Values, reason => Assert.EndsWith(".", reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_of_a_definition_is_told_as_changed_and_never_as_it_is()
    {
        const string before = """{"connector":"webhook","secrets":{"key":"old-secret"}}""";
        const string after = """{"connector":"webhook","secrets":{"key":"new-secret"}}""";

        var told = new[] { (null, after), (before, after), (before, null) }
            .Select(pair => Automation.Runtime.Definitions.DocumentChanges.Between(pair.Item1, pair.Item2)).ToList();

        Assert.All(told, changes => Assert.Contains(changes, one => one.Field.StartsWith("/secrets", StringComparison.Ordinal)));
        Assert.All(told.SelectMany(changes => changes), one => Assert.DoesNotContain("-secret", $"{one.Was} {one.Needed}", StringComparison.Ordinal));
    }

    private async Task DefinitionsAsync()
    {
        await SavesAsync("settings_put", "/api/settings", """{ "consent": { "sms": "assumed" }, "accounts": { "sms": "vendor" } }""", "sms");
        await SavesAsync("accounts_put", "/api/accounts/shop", """
            { "connector": "webhook", "configuration": { "url": "http://127.0.0.1:1/", "allow_hosts": [ "127.0.0.1" ] }, "secrets": { "signing_secret": "whsec_0123456789abcdef" } }
            """, "\"needed\":\"***\"");
        await SavesAsync("templates_put", "/api/templates/hello", """{ "key": "hello", "channel": "sms", "content": { "text": "hi" } }""", "hi");
        await SavesAsync("segments_put", "/api/segments/north", """
            { "key": "north", "rule": { "combinator": "and", "rules": [ { "field": "contact.city", "operator": "=", "value": "Harbin" } ] } }
            """, "Harbin");
        await SavesAsync("journeys_put", "/api/journeys/walk", """
            { "key": "walk", "trigger": { "on": "event", "event": "came" }, "entry": { "repeat": "always" }, "steps": [ { "id": "wait", "type": "wait", "for": "24h" } ] }
            """, "24h");
        await LeavesAsync("journeys_publish", "journey_published", HttpMethod.Post, "/api/journeys/walk/publish", new { }, "24h");
        await LeavesAsync("journeys_pause", "journey_paused", HttpMethod.Post, "/api/journeys/walk/pause", new { time = "keeps_counting" });
        await LeavesAsync("journeys_resume", "journey_resumed", HttpMethod.Post, "/api/journeys/walk/resume", new { });
        await LeavesAsync("holds_put", "messages_held", HttpMethod.Post, "/api/holds", new { target = "account:shop", reason = "trying" });
        await LeavesAsync("holds_release", "messages_released", HttpMethod.Delete, "/api/holds/account:shop?reason=tried");
        await LeavesAsync("accounts_delete", "definition_deleted", HttpMethod.Delete, "/api/accounts/shop", null, "\"was\":\"***\"");
        await LeavesAsync("segments_delete", "definition_deleted", HttpMethod.Delete, "/api/segments/north", null, "Harbin");
        await LeavesAsync("import_rows", "imported", HttpMethod.Post, "/api/import", "{\"id\":\"row-1\",\"call\":{\"type\":\"track\",\"userId\":\"u-1\",\"event\":\"bought\"}}\n");
    }

    /// <summary>Before anything else is published, and over again with the setting as it was.</summary>
    private async Task FourEyesAsync()
    {
        await LeavesAsync("settings_approval_put", "approval_set", HttpMethod.Put, "/api/settings/approval", new { approval = "required" }, "none", "required");
        await _server.AskAsync(HttpMethod.Put, "/api/journeys/eyes", """
            { "key": "eyes", "trigger": { "on": "event", "event": "seen" }, "entry": { "repeat": "always" }, "steps": [ { "id": "wait", "type": "wait", "for": "24h" } ] }
            """);
        var li = await Browser.InvitedAsync(_server, "asks", Role.Marketer);
        foreach (var (number, route) in new[] { (1, "approval_withdraw"), (2, "approval_reject"), (3, "approval_approve") })
        {
            await DoesAsync(li, "approval_ask", "approval_asked", HttpMethod.Post, "/api/journeys/eyes/approval", new { comment = "please" }, "24h");
            switch (route)
            {
                case "approval_withdraw":
                    await DoesAsync(li, route, "approval_withdrawn", HttpMethod.Post, "/api/journeys/eyes/approval/withdraw", new { number }, "\"number\":1");
                    break;
                case "approval_reject":
                    var wang = await Browser.InvitedAsync(_server, "sends-back", Role.Marketer);
                    await DoesAsync(wang, route, "approval_rejected", HttpMethod.Post, "/api/journeys/eyes/approval/reject", new { number, comment = "no" }, "asks");
                    break;
                default:
                    var boss = await Browser.InvitedAsync(_server, "approves", Role.Admin);
                    await DoesAsync(boss, route, "approval_given", HttpMethod.Post, "/api/journeys/eyes/approval/approve", new { number }, "asks");
                    break;
            }
        }
        await _server.AskAsync(HttpMethod.Put, "/api/settings/approval", new { approval = "none" });
        await _server.AskAsync(HttpMethod.Delete, "/api/journeys/eyes");
    }

    private async Task PeopleOnTheWayAsync()
    {
        await _server.AskAsync(HttpMethod.Put, "/api/journeys/lost", """
            { "key": "lost", "trigger": { "on": "event", "event": "lose" }, "entry": { "repeat": "always" }, "steps": [ { "id": "hi", "type": "send", "channel": "sms", "template": "hello" } ] }
            """);
        await _server.AskAsync(HttpMethod.Post, "/api/journeys/lost/publish", new { });
        await _server.TrackAsync("identify", """{ "userId": "u-1", "traits": { "phone": "13800138001" } }""");
        await _server.TrackAsync("track", """{ "userId": "u-1", "event": "lose" }""");
        var unknown = Assert.Single(await _server.UntilFactsAsync("message_unknown", 1));
        var contact = $"/api/contacts/{unknown.Contact}";
        var message = JsonElement.Parse(unknown.Details).GetProperty("message").GetString();

        await LeavesAsync("messages_settle", "message_delivered", HttpMethod.Post, $"/api/messages/{message}/settle", new { outcome = "delivered" });
        await _server.TrackAsync("track", """{ "userId": "u-1", "event": "lose" }""");
        var second = (await _server.UntilFactsAsync("message_unknown", 2)).Select(fact => JsonElement.Parse(fact.Details).GetProperty("message").GetString()).First(id => id != message);
        await LeavesAsync("outcomes_ask", "bulk_action_ended", HttpMethod.Post, "/api/outcomes/ask", new { ids = new[] { second }, reason = "who knows" }, "ask_outcomes");
        await LeavesAsync("outcomes_settle", "message_delivered", HttpMethod.Post, "/api/outcomes/settle", new { ids = new[] { second }, outcome = "delivered", reason = "they called" });
        await LeavesAsync("dead_letters_replay", "bulk_action_ended", HttpMethod.Post, "/api/dead-letters/replay", null, "replay_dead_letters");
        await LeavesAsync("contacts_tags", "tags_changed", HttpMethod.Post, $"{contact}/tags", new { add = new[] { "vip" } });
        await LeavesAsync("contacts_lists", "lists_changed", HttpMethod.Post, $"{contact}/lists", new { add = new[] { "news" } });
        await LeavesAsync("contacts_consent", "consent_changed", HttpMethod.Post, $"{contact}/consent", new { channel = "sms", granted = true });
        await LeavesAsync("contacts_quota", "quota_changed", HttpMethod.Post, $"{contact}/quota", new { quota = "coupon", amount = 3 });
        await LeavesAsync("contacts_enroll", "enrolled", HttpMethod.Post, $"{contact}/enrollments", new { journey = "walk" });
        var ordinal = (await _server.FactsAsync("enrolled")).First(fact => fact.Journey == "walk").Ordinal;
        await LeavesAsync("contacts_skip_step", "unstuck", HttpMethod.Post, $"{contact}/enrollments/{ordinal}/skip");
        await _server.AskAsync(HttpMethod.Post, $"{contact}/enrollments", new { journey = "walk" });
        await LeavesAsync("contacts_end_enrollment", "exited", HttpMethod.Post, $"{contact}/enrollments/end", new { journey = "walk" });
        await _server.AskAsync(HttpMethod.Post, $"{contact}/enrollments", new { journey = "walk" });
        var leaving = new { action = "exit_people", filter = new { journey = "walk" } };
        var preview = (await _server.AskAsync(HttpMethod.Post, "/api/bulk/preview", leaving)).GetProperty("id").GetString();
        await LeavesAsync(
            "bulk_start", "bulk_action_started", HttpMethod.Post, "/api/bulk", new { leaving.action, leaving.filter, id = preview, expected = 1, reason = "wrong audience" }, "walk");
        await _server.UntilFactsAsync("bulk_action_ended", 3);
        await LeavesAsync("contacts_erase", "contact_erased", HttpMethod.Post, $"{contact}/erase", new { reason = "asked for" });
        await LeavesAsync("journeys_archive", "journey_archived", HttpMethod.Post, "/api/journeys/walk/archive");
        await LeavesAsync("journeys_delete", "definition_deleted", HttpMethod.Delete, "/api/journeys/walk", null, "24h");
        await _server.AskAsync(HttpMethod.Post, "/api/journeys/lost/archive");
        await LeavesAsync("templates_delete", "definition_deleted", HttpMethod.Delete, "/api/templates/hello", null, "hi");
    }

    private async Task ColleaguesAsync()
    {
        var made = await LeavesAsync("keys_create", "key_created", HttpMethod.Post, "/api/keys", new { role = "viewer", name = "for a while" }, "viewer");
        await LeavesAsync("keys_revoke", "key_revoked", HttpMethod.Delete, $"/api/keys/{made.GetProperty("id").GetString()}", null, "viewer");
        await LeavesAsync("users_invite", "user_changed", HttpMethod.Post, "/api/users", new { name = "walker", role = "viewer" }, "viewer");
        await LeavesAsync("users_role", "user_changed", HttpMethod.Put, "/api/users/walker/role", new { role = "operator" }, "viewer", "operator");
        await LeavesAsync("users_lock", "user_changed", HttpMethod.Post, "/api/users/walker/lock", null, "locked");
        await LeavesAsync("users_unlock", "user_changed", HttpMethod.Post, "/api/users/walker/unlock", null, "unlocked");
        await LeavesAsync("users_reset", "user_changed", HttpMethod.Post, "/api/users/walker/reset", null, "reset");
        var browser = await Browser.InvitedAsync(_server, "guest", Role.Viewer);
        await LeavesAsync("users_sessions_end", "sessions_ended", HttpMethod.Delete, "/api/users/guest/sessions");
        await browser.SignInAsync("guest");
        var id = (await _server.GetAsync("/api/users/guest/sessions")).GetProperty("sessions")[0].GetProperty("id").GetString();
        await LeavesAsync("users_session_end", "sessions_ended", HttpMethod.Delete, $"/api/users/guest/sessions/{id}", null, "guest");
    }

    private async Task OneselfAsync()
    {
        const string other = "another four word phrase";
        var link = Browser.LinkOf((await _server.AskAsync(HttpMethod.Post, "/api/users", new { name = "own", role = "viewer" })).GetProperty("link"));
        var browser = new Browser(_server);
        await DoesAsync(browser, "links_use", "signed_in", HttpMethod.Post, "/api/links/use", new { link, password = Browser.Password });
        await DoesAsync(browser, "session_open", "signed_in", HttpMethod.Post, "/api/session", new { name = "own", password = Browser.Password });
        await DoesAsync(browser, "session_password", "user_changed", HttpMethod.Post, "/api/session/password", new { password = Browser.Password, new_password = other });
        var (_, offer) = await browser.SendAsync(HttpMethod.Post, "/api/session/second-factor", new { password = other });
        var code = Totp.CodeOf(SignInTests.Bytes(offer.GetProperty("secret").GetString()!), Totp.StepAt(DateTimeOffset.UtcNow));
        await DoesAsync(browser, "session_second_factor_take", "user_changed", HttpMethod.Put, "/api/session/second-factor", new { code });
        await DoesAsync(browser, "session_second_factor_leave", "user_changed", HttpMethod.Post, "/api/session/second-factor/leave", new { password = other });
        await new Browser(_server).SignInAsync("own", other);
        var all = (await browser.SendAsync(HttpMethod.Get, "/api/session/all")).Body.GetProperty("sessions").EnumerateArray();
        var id = all.First(one => !one.GetProperty("is_this").GetBoolean()).GetProperty("id").GetString();
        await DoesAsync(browser, "session_end", "sessions_ended", HttpMethod.Delete, $"/api/session/all/{id}", null);
        await DoesAsync(browser, "session_close", "sessions_ended", HttpMethod.Delete, "/api/session", null);
    }

    private Task<JsonElement> SavesAsync(string route, string path, string document, params string[] says) => LeavesAsync(route, "definition_saved", HttpMethod.Put, path, document, says);

    private async Task<JsonElement> LeavesAsync(string route, string kind, HttpMethod method, string path, object? body = null, params string[] says)
    {
        var before = await LastAsync();
        var answer = await _server.AskAsync(method, path, body);
        await CheckAsync(route, kind, before, says);
        return answer;
    }

    private async Task DoesAsync(Browser browser, string route, string kind, HttpMethod method, string path, object? body, string says = "own")
    {
        var before = await LastAsync();
        var (status, answer) = await browser.SendAsync(method, path, body);
        Assert.True(status is 200 or 201 or 204, $"{route} answered {status}: {answer}");
        await CheckAsync(route, kind, before, [says]);
    }

    private async Task CheckAsync(string route, string kind, long before, string[] says)
    {
        _walked.Add(route);
        var left = (await _server.FactsAsync(kind)).Where(fact => fact.Sequence > before).ToList();
        if (!left.Any(fact => fact.Actor is { Length: > 0 } && says.All(word => fact.Details.Contains(word, StringComparison.Ordinal))))
        {
            var all = await _server.Ledger.FactsAsync(new FactQuery(After: before, NewestFirst: false, Limit: 20), CancellationToken.None);
            _wrong.Add($"{route} left no {kind} that says {string.Join(", ", says)}: {string.Join("; ", all.Select(fact => $"{fact.Kind} by {fact.Actor} because {fact.Cause} {fact.Details}"))}");
        }
    }

    private async Task<long> LastAsync() =>
        (await _server.Ledger.FactsAsync(new FactQuery(Limit: 1), CancellationToken.None)) is [var last, ..] ? last.Sequence : 0;
}
