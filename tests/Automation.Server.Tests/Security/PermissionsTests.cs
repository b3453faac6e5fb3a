using Automation.Server.Security;
using Automation.Server.Tests.SignIn;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Automation.Server.Tests.Security;

public sealed class PermissionsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly RunningServer _server = fixture.Server;

    /// <summary>Who may what, written a second time and by hand, so that a slip in the code does not agree with itself.</summary>
    private static readonly Dictionary<Permission, string> May = new()
    {
        [Permission.None] = "write viewer operator marketer developer admin",
        [Permission.Track] = "write developer admin",
        [Permission.Read] = "viewer operator marketer developer admin",
        [Permission.Operate] = "operator marketer admin",
        [Permission.Author] = "marketer developer admin",
        [Permission.Configure] = "developer admin",
        [Permission.Reveal] = "operator admin",
        [Permission.Administer] = "admin",
        [Permission.Self] = "",
    };

    [Fact]
    public void Every_route_says_what_it_needs()
    {
        var silent = Routes().Where(route => route.Metadata.GetMetadata<PermissionNeeded>() is null).Select(route => route.DisplayName);

        Assert.Empty(silent);
        Assert.True(Routes().Count() > 30);
    }

    [Fact]
    public void Only_health_the_designers_files_callbacks_and_preflights_need_no_key()
    {
        var open = Routes().Where(route => Needed(route) == Permission.None).Select(route => route.RoutePattern.RawText!).Distinct()
            .Except(["/assets/{name}", "/favicon.svg"]).Order();

        Assert.Equal([
            "/", "/api/links/look", "/api/links/use", "/api/session/", "/healthz", "/hooks/{account}", "/readyz",
            "/v1/alias", "/v1/batch", "/v1/group", "/v1/identify", "/v1/import", "/v1/page", "/v1/screen", "/v1/track",
        ], open);
    }

    [Fact]
    public async Task A_key_of_each_role_gets_in_where_the_table_says_and_nowhere_else()
    {
        var wrong = new List<string>();
        foreach (var (method, path, needed) in Calls())
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                using var request = _server.Request(method, path, role, method == HttpMethod.Get ? null : "{}");
                using var answer = await _server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var isIn = (int)answer.StatusCode is not (401 or 403);
                if (isIn != May[needed].Split(' ').Contains(Permissions.NameOf(role)))
                {
                    wrong.Add($"{method} {path} as {role}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_person_of_each_role_gets_in_where_the_table_says_and_nowhere_else()
    {
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Write))
        {
            var browser = await Browser.InvitedAsync(_server, $"walker-{Permissions.NameOf(role)}", role);
            // Signing out comes last: after it nobody is signed in.
            foreach (var (method, path, needed) in Calls().OrderBy(call => call is { Path: "/api/session/", Method.Method: "DELETE" }))
            {
                using var request = browser.Request(method, path, method == HttpMethod.Get ? null : "{}");
                using var answer = await _server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var isIn = (int)answer.StatusCode is not (401 or 403);
                // Events are sent with keys alone: a session is no write key.
                var may = needed == Permission.Self || (needed != Permission.Track && May[needed].Split(' ').Contains(Permissions.NameOf(role)));
                if (isIn != may)
                {
                    wrong.Add($"{method} {path} as {role}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_route_that_a_key_may_use_changes_nothing_for_a_session_without_its_token()
    {
        var browser = await Browser.InvitedAsync(_server, "no-token", Role.Admin);
        var wrong = new List<string>();
        foreach (var (method, path, _) in Calls().Where(call => call.Needed is not (Permission.None or Permission.Track) && call.Method != HttpMethod.Get))
        {
            using var request = browser.Request(method, path, "{}", withToken: false);
            var (status, body) = await _server.SendAsync(request);
            if (status != 403 || body.GetProperty("code").GetString() != "missing_token")
            {
                wrong.Add($"{method} {path}: {status}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Without_a_key_only_the_open_routes_answer()
    {
        var wrong = new List<string>();
        foreach (var (method, path, needed) in Calls().Where(call => call.Needed != Permission.None))
        {
            using var request = _server.Request(method, path, null, method == HttpMethod.Get ? null : "{}");
            using var answer = await _server.Http.SendAsync(request);
            if ((int)answer.StatusCode != 401 || answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            {
                wrong.Add($"{method} {path}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    [InlineData("same-origin", 404)]
    [InlineData("none", 404)]
    public async Task Another_sites_page_cannot_use_the_key_that_a_browser_remembers(string site, int status)
    {
        using var request = _server.Request(HttpMethod.Post, "/api/journeys/nowhere/archive", Role.Admin);
        request.Headers.Add("Sec-Fetch-Site", site);

        var (answered, _) = await _server.SendAsync(request);

        Assert.Equal(status, answered);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_any_more()
    {
        var made = await _server.AskAsync(HttpMethod.Post, "/api/keys", new { role = "viewer", name = "for a while" });
        var text = made.GetProperty("key").GetString()!;
        Assert.Equal(200, await AskWithAsync(text));

        await _server.AskAsync(HttpMethod.Delete, $"/api/keys/{made.GetProperty("id").GetString()}");

        Assert.Equal(401, await AskWithAsync(text));
        var facts = await _server.FactsAsync("key_revoked");
        Assert.Contains(made.GetProperty("id").GetString()!, facts[0].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_kept_only_as_a_hash()
    {
        var made = await _server.AskAsync(HttpMethod.Post, "/api/keys", new { role = "write", name = "shop" });
        var text = made.GetProperty("key").GetString()!;

        Assert.StartsWith("am_write_", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, (await _server.GetAsync("/api/keys")).ToString(), StringComparison.Ordinal);
        foreach (var kept in await _server.Definitions.ListAsync("key", CancellationToken.None))
        {
            Assert.DoesNotContain(text["am_write_".Length..], kept.Published, StringComparison.Ordinal);
        }
    }

    private async Task<int> AskWithAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/audit");
        request.Headers.Add("Authorization", $"Bearer {key}");
        using var answer = await _server.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private IEnumerable<RouteEndpoint> Routes() =>
        _server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private IEnumerable<(HttpMethod Method, string Path, Permission Needed)> Calls()
    {
        foreach (var route in Routes())
        {
            var values = route.RoutePattern.Parameters.ToDictionary(parameter => parameter.Name, Sample, StringComparer.Ordinal);
            var path = values.Aggregate("/" + route.RoutePattern.RawText!.TrimStart('/'), (text, value) =>
                System.Text.RegularExpressions.Regex.Replace(text, $$"""\{{{value.Key}}(:[^}]*)?\}""", value.Value));
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                yield return (HttpMethod.Parse(method), path, Needed(route));
            }
        }
    }

    private static Permission Needed(RouteEndpoint route) => route.Metadata.GetMetadata<PermissionNeeded>()!.Permission;

    private static string Sample(Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter) => parameter.Name switch
    {
        "documentName" => "v1",
        "ordinal" => "1",
        "id" when parameter.ParameterPolicies.Any(policy => policy.Content == "guid") => Guid.Empty.ToString(),
        "id" when parameter.ParameterPolicies.Any(policy => policy.Content == "long") => "999",
        _ => "nothing",
    };
}
