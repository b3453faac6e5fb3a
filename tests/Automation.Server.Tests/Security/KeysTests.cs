using System.Text.Json;
using Automation.Server.Security;
using Automation.Server.Tests.SignIn;
using Xunit;

namespace Automation.Server.Tests.Security;

/// <summary>Keys that may less than their role, and not for ever.</summary>
public sealed class KeysTests(SignInServer start) : IClassFixture<SignInServer>
{
    [Fact]
    public async Task A_key_does_what_its_scopes_leave_it_and_no_more()
    {
        var key = await MakeAsync(new { role = "admin", name = "reads and sends", scopes = new[] { "read", "track" } });

        Assert.Equal(200, await StatusAsync(key, HttpMethod.Get, "/api/journeys"));
        Assert.Equal(403, await StatusAsync(key, HttpMethod.Put, "/api/templates/t"));
        Assert.Equal(403, await StatusAsync(key, HttpMethod.Post, "/api/keys"));
        Assert.Equal(400, await StatusAsync(key, HttpMethod.Post, "/v1/track"));
    }

    [Fact]
    public async Task A_write_key_whose_scopes_leave_out_sending_sends_nothing()
    {
        var key = await MakeAsync(new { role = "developer", scopes = new[] { "read" } });

        Assert.Equal(403, await StatusAsync(key, HttpMethod.Post, "/v1/track"));
    }

    [Theory]
    [InlineData("viewer", "operate")]
    [InlineData("write", "read")]
    [InlineData("admin", "self")]
    [InlineData("admin", "none")]
    public async Task A_scope_that_the_role_has_not_is_refused(string role, string scope)
    {
        using var request = start.Server.Request(HttpMethod.Post, "/api/keys", Role.Admin, new { role, scopes = new[] { scope } });

        var (status, body) = await start.Server.SendAsync(request);

        Assert.Equal((400, "bad_scopes"), (status, body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_key_opens_nothing_from_its_expiry_on()
    {
        var key = await MakeAsync(new { role = "viewer", expires_at = start.Time.GetUtcNow().AddDays(30) });
        Assert.Equal(200, await StatusAsync(key, HttpMethod.Get, "/api/journeys"));

        start.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(200, await StatusAsync(key, HttpMethod.Get, "/api/journeys"));
        start.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(401, await StatusAsync(key, HttpMethod.Get, "/api/journeys"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(4_000)]
    public async Task An_expiry_that_is_past_or_means_never_is_refused(int days)
    {
        using var request = start.Server.Request(HttpMethod.Post, "/api/keys", Role.Admin, new { role = "viewer", expires_at = start.Time.GetUtcNow().AddDays(days) });

        Assert.Equal(400, (await start.Server.SendAsync(request)).Status);
    }

    [Fact]
    public async Task The_list_and_the_ledger_tell_scopes_expiry_and_last_use_and_no_key()
    {
        var end = start.Time.GetUtcNow().AddDays(7);
        var key = await MakeAsync(new { role = "marketer", name = "told", scopes = new[] { "read" }, expires_at = end });
        await StatusAsync(key, HttpMethod.Get, "/api/journeys");

        JsonElement told;
        do
        {
            told = (await start.Server.GetAsync("/api/keys")).GetProperty("keys").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "told");
        }
        while (!told.TryGetProperty("last_used_at", out _));

        Assert.Equal("read", told.GetProperty("scopes")[0].GetString());
        Assert.Equal(end, told.GetProperty("expires_at").GetDateTimeOffset());
        var fact = (await start.Server.FactsAsync("key_created")).First(one => one.Details.Contains(told.GetProperty("id").GetString()!, StringComparison.Ordinal));
        Assert.Contains("\"scopes\":[\"read\"],\"expires_at\":", fact.Details, StringComparison.Ordinal);
        Assert.DoesNotContain(key, fact.Details + told, StringComparison.Ordinal);
    }

    private async Task<string> MakeAsync(object asked) => (await start.Server.AskAsync(HttpMethod.Post, "/api/keys", asked)).GetProperty("key").GetString()!;

    private async Task<int> StatusAsync(string key, HttpMethod method, string path)
    {
        using var request = start.Server.Request(method, path, null, method == HttpMethod.Get ? null : "{}");
        request.Headers.Add("Authorization", $"Bearer {key}");
        return (await start.Server.SendAsync(request)).Status;
    }
}
