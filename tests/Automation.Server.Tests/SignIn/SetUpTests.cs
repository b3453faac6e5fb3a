using Automation.Server.Security;
using Xunit;

namespace Automation.Server.Tests.SignIn;

/// <summary>From nobody to the first admin; each test has a server whose set-up is still to come.</summary>
public sealed class SetUpTests : IAsyncLifetime
{
    private readonly SignInServer _start = new();

    private string PrintedLink => _start.Printed.Split("/#/welcome/")[1].Split('\n')[0].Trim();

    public Task InitializeAsync() => _start.InitializeAsync();

    public async Task DisposeAsync() => await _start.DisposeAsync();

    [Fact]
    public async Task The_printed_link_makes_the_first_admin_once()
    {
        var (first, second) = (_start.Browser(), _start.Browser());

        var (_, look) = await second.SendAsync(HttpMethod.Post, "/api/links/look", new { link = PrintedLink });
        var weak = await first.UseAsync(PrintedLink, "Li", "short");
        var made = await first.UseAsync(PrintedLink, "Li");
        var again = await second.UseAsync(PrintedLink, "wang");

        Assert.Equal("set_up", look.GetProperty("purpose").GetString());
        Assert.Equal((400, "weak_password"), (weak.Status, weak.Body.GetProperty("code").GetString()));
        Assert.Equal((200, "li", "admin"), (made.Status, made.Body.GetProperty("name").GetString(), made.Body.GetProperty("role").GetString()));
        Assert.Equal((401, "unknown_link"), (again.Status, again.Body.GetProperty("code").GetString()));
        Assert.Equal(200, await first.GetAsync("/api/users"));
        var fact = Assert.Single(await _start.Server.FactsAsync("user_changed"));
        Assert.Contains("\"what\":\"set_up\"", fact.Details, StringComparison.Ordinal);
        Assert.DoesNotContain(PrintedLink, fact.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_who_use_the_link_at_once_one_becomes_admin()
    {
        var used = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => _start.Browser().UseAsync(PrintedLink, $"admin-{n}")));

        Assert.Single(used, one => one.Status == 200);
        Assert.Single((await _start.Server.GetAsync("/api/users")).GetProperty("users").EnumerateArray());
    }

    [Fact]
    public async Task A_link_that_is_a_day_old_opens_nothing()
    {
        _start.Time.Advance(TimeSpan.FromHours(24));

        Assert.Equal(401, (await _start.Browser().UseAsync(PrintedLink, "li")).Status);
    }

    [Fact]
    public async Task A_lost_link_is_made_anew_and_the_earlier_one_is_worth_nothing()
    {
        var made = await _start.Server.AskAsync(HttpMethod.Post, "/api/users/set-up-link");

        Assert.Equal(401, (await _start.Browser().UseAsync(PrintedLink, "li")).Status);
        Assert.Equal(200, (await _start.Browser().UseAsync(Browser.LinkOf(made), "li")).Status);
        using var request = _start.Server.Request(HttpMethod.Post, "/api/users/set-up-link", Role.Admin);
        Assert.Equal(409, (await _start.Server.SendAsync(request)).Status);
    }
}
