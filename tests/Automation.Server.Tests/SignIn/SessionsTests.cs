using Automation.Runtime.Ports;
using Automation.Server.Security;
using Automation.Server.SignIn;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Automation.Server.Tests.SignIn;

/// <summary>What a session is, when it ends, and that another site cannot use it.</summary>
public sealed class SessionsTests(SignInServer start) : IClassFixture<SignInServer>, IAsyncLifetime
{
    private const string Other = "another four word phrase";

    public Task InitializeAsync() => start.ForgetAddressAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_cookie_that_somebody_planted_is_never_the_session()
    {
        var (_, name) = await start.SignedInAsync();
        var (attacker, _) = await start.SignedInAsync();
        var victim = start.Browser();
        victim.Cookie = attacker.Cookie;

        await victim.SignInAsync(name);

        Assert.NotEqual(attacker.Cookie, victim.Cookie);
        Assert.Equal(401, await attacker.GetAsync());
        Assert.Equal(name, (await victim.SendAsync(HttpMethod.Get, "/api/session")).Body.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_made_up_cookie_opens_nothing_and_signing_in_replaces_it()
    {
        var (_, name) = await start.SignedInAsync();
        var browser = start.Browser();
        browser.Cookie = "chosen-by-somebody-else";

        Assert.Equal(401, await browser.GetAsync());
        await browser.SignInAsync(name);

        Assert.Equal(200, await browser.GetAsync());
        Assert.NotEqual("chosen-by-somebody-else", browser.Cookie);
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_other_sites()
    {
        var (_, name) = await start.SignedInAsync();
        var (plain, safe) = (start.Browser(), start.Browser());

        await plain.SignInAsync(name);
        await safe.SendAsync(HttpMethod.Post, "/api/session", new { name, password = Browser.Password }, ("X-Forwarded-Proto", "https"));

        Assert.StartsWith("automation=", plain.SetCookie, StringComparison.Ordinal);
        Assert.EndsWith("; path=/; samesite=strict; httponly", plain.SetCookie, StringComparison.Ordinal);
        Assert.StartsWith("__Host-automation=", safe.SetCookie, StringComparison.Ordinal);
        Assert.EndsWith("; path=/; secure; samesite=strict; httponly", safe.SetCookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_has_nothing_that_opens_a_session_or_a_link()
    {
        var (browser, name) = await start.SignedInAsync();
        var invited = await start.Server.AskAsync(HttpMethod.Post, $"/api/users/{name}/reset");
        var link = Browser.LinkOf(invited.GetProperty("link"));
        await start.Browser().UseAsync(link);

        await using var file = new FileStream(start.Server.DatabasePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var log = new FileStream(start.Server.DatabasePath + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        foreach (var secret in new[] { browser.Cookie, link, Browser.Password })
        {
            Assert.False(await HoldsAsync(file, secret) || await HoldsAsync(log, secret));
        }
        Assert.True(await HoldsAsync(file, name) || await HoldsAsync(log, name));
    }

    [Fact]
    public async Task A_session_ends_after_two_silent_hours_and_after_twelve_in_any_case()
    {
        var (silent, name) = await start.SignedInAsync();
        var busy = start.Browser();
        await busy.SignInAsync(name);
        for (var hour = 0; hour < 11; hour++)
        {
            start.Time.Advance(TimeSpan.FromHours(1));
            Assert.Equal(200, await busy.GetAsync());
        }

        Assert.Equal(401, await silent.GetAsync());
        start.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(401, await busy.GetAsync());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_itself_and_not_only_the_cookie()
    {
        var (browser, _) = await start.SignedInAsync();
        var kept = browser.Cookie;

        Assert.Equal(204, (await browser.SendAsync(HttpMethod.Delete, "/api/session")).Status);
        browser.Cookie = kept;

        Assert.Equal(401, await browser.GetAsync());
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions()
    {
        var (here, name) = await start.SignedInAsync();
        var there = start.Browser();
        await there.SignInAsync(name);

        var wrong = await here.SendAsync(HttpMethod.Post, "/api/session/password", new { password = "not the old one", new_password = Other });
        var right = await here.SendAsync(HttpMethod.Post, "/api/session/password", new { password = Browser.Password, new_password = Other });

        Assert.Equal((400, 204), (wrong.Status, right.Status));
        Assert.Equal((200, 401), (await here.GetAsync(), await there.GetAsync()));
        Assert.Equal(401, (await start.Browser().SignInAsync(name)).Status);
        Assert.Equal(200, (await start.Browser().SignInAsync(name, Other)).Status);
    }

    [Theory]
    [InlineData("role")]
    [InlineData("lock")]
    [InlineData("reset")]
    [InlineData("sessions")]
    public async Task What_an_admin_takes_away_is_gone_with_the_next_request(string what)
    {
        var (browser, name) = await start.SignedInAsync(Role.Developer);

        _ = what switch
        {
            "role" => await start.Server.AskAsync(HttpMethod.Put, $"/api/users/{name}/role", new { role = "viewer" }),
            "sessions" => await start.Server.AskAsync(HttpMethod.Delete, $"/api/users/{name}/sessions"),
            _ => await start.Server.AskAsync(HttpMethod.Post, $"/api/users/{name}/{what}"),
        };

        Assert.Equal(401, await browser.GetAsync("/api/journeys"));
        Assert.Contains(await start.Server.FactsAsync("sessions_ended"), fact => fact.Details.Contains(name, StringComparison.Ordinal));
        Assert.Equal(what is "role" or "sessions" ? 200 : 401, (await start.Browser().SignInAsync(name)).Status);
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_one_by_one()
    {
        var (here, name) = await start.SignedInAsync();
        var there = start.Browser();
        await there.SignInAsync(name);

        var all = (await here.SendAsync(HttpMethod.Get, "/api/session/all")).Body.GetProperty("sessions").EnumerateArray().ToList();
        var other = all.Single(one => !one.GetProperty("is_this").GetBoolean()).GetProperty("id").GetString();
        var ended = await here.SendAsync(HttpMethod.Delete, $"/api/session/all/{other}");

        Assert.Equal((2, 204), (all.Count, ended.Status));
        Assert.Equal((200, 401), (await here.GetAsync(), await there.GetAsync()));
    }

    [Fact]
    public async Task One_person_cannot_end_anothers_session()
    {
        var (victim, name) = await start.SignedInAsync();
        var (other, _) = await start.SignedInAsync();
        var id = (await victim.SendAsync(HttpMethod.Get, "/api/session/all")).Body.GetProperty("sessions")[0].GetProperty("id").GetString();

        var own = await other.SendAsync(HttpMethod.Delete, $"/api/session/all/{id}");
        var asAdmin = await other.SendAsync(HttpMethod.Delete, $"/api/users/{name}/sessions/{id}");

        Assert.Equal((404, 403, 200), (own.Status, asAdmin.Status, await victim.GetAsync()));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", "cross_site")]
    [InlineData("Sec-Fetch-Site", "same-site", "cross_site")]
    [InlineData("Origin", "https://evil.example", "cross_site")]
    [InlineData("Origin", "null", "cross_site")]
    public async Task A_change_that_another_site_asks_for_is_refused_also_with_cookie_and_token(string header, string value, string code)
    {
        var (browser, _) = await start.SignedInAsync(Role.Admin);

        var refused = await browser.SendAsync(HttpMethod.Post, "/api/keys", new { role = "admin" }, (header, value));
        var signIn = await start.Browser().SendAsync(HttpMethod.Post, "/api/session", new { name = "li", password = Other }, (header, value));

        Assert.Equal((403, code), (refused.Status, refused.Body.GetProperty("code").GetString()));
        Assert.Equal((403, code), (signIn.Status, signIn.Body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_change_needs_this_sessions_token_and_another_ones_does_not_do()
    {
        var (browser, _) = await start.SignedInAsync(Role.Admin);
        var (other, _) = await start.SignedInAsync(Role.Admin);
        var right = browser.Token;

        browser.Token = "";
        var without = await browser.SendAsync(HttpMethod.Post, "/api/keys", new { role = "viewer" });
        browser.Token = other.Token;
        var others = await browser.SendAsync(HttpMethod.Post, "/api/keys", new { role = "viewer" });
        browser.Token = right;
        var good = await browser.SendAsync(HttpMethod.Post, "/api/keys", new { role = "viewer" });

        Assert.Equal((403, 403, 201), (without.Status, others.Status, good.Status));
    }

    [Fact]
    public async Task A_form_of_another_site_cannot_sign_somebody_in()
    {
        using var form = new FormUrlEncodedContent([new("name", "li"), new("password", Other)]);

        using var answer = await start.Server.Http.PostAsync(new Uri("/api/session", UriKind.Relative), form);

        Assert.Equal(415, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Another_process_over_the_same_store_knows_the_session_at_once_and_its_end()
    {
        var (browser, name) = await start.SignedInAsync();
        var elsewhere = new Sessions(start.Server.App.Services.GetRequiredService<IAccessStore>(), start.Time);

        Assert.Equal(name, (await elsewhere.FindAsync(browser.Cookie, CancellationToken.None))!.User);
        await elsewhere.EndAllAsync(name, null, CancellationToken.None);

        Assert.Equal(401, await browser.GetAsync());
    }

    [Fact]
    public async Task The_live_feed_ends_with_the_session()
    {
        var (browser, name) = await start.SignedInAsync();
        using var request = browser.Request(HttpMethod.Get, "/api/live/feed");
        using var feed = await start.Server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await start.Server.AskAsync(HttpMethod.Delete, $"/api/users/{name}/sessions");

        await start.Server.TrackAsync("track", """{"userId":"live-1","event":"looked"}""");

        Assert.DoesNotContain("data:", await feed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        var users = (await start.Server.GetAsync("/api/users")).GetProperty("users").EnumerateArray()
            .Where(one => one.GetProperty("role").GetString() == "admin").Select(one => one.GetProperty("name").GetString()!);
        var (_, last) = await start.SignedInAsync(Role.Admin);
        foreach (var other in users)
        {
            await start.Server.AskAsync(HttpMethod.Post, $"/api/users/{other}/lock");
        }

        foreach (var (method, path, body) in new[] { (HttpMethod.Post, "lock", (object?)null), (HttpMethod.Put, "role", new { role = "viewer" }), (HttpMethod.Post, "reset", null) })
        {
            using var request = start.Server.Request(method, $"/api/users/{last}/{path}", Role.Admin, body);
            var (status, answer) = await start.Server.SendAsync(request);
            Assert.Equal((409, "last_admin"), (status, answer.GetProperty("code").GetString()));
        }
    }

    private static async Task<bool> HoldsAsync(FileStream file, string text)
    {
        file.Position = 0;
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
    }
}
