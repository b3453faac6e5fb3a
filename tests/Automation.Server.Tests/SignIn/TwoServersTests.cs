using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Api;
using Automation.Server.Hosting;
using Automation.Server.Personal;
using Automation.Server.Security;
using Automation.Server.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Automation.Server.Tests.SignIn;

/// <summary>
/// What one server took away, another one over the same store refuses at once. The second has its own HTTP, gate, callers, sessions, users
/// and keys in memory; the store is the first one's, since an embedded store belongs to one process.
/// </summary>
public sealed class TwoServersTests(SignInServer start) : IClassFixture<SignInServer>, IAsyncLifetime
{
    private WebApplication _second = null!;

    public async Task InitializeAsync()
    {
        await start.ForgetAddressAsync();
        var first = start.Server.App.Services;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(first.GetRequiredService<IAccessStore>());
        builder.Services.AddSingleton(first.GetRequiredService<IDefinitionStore>());
        builder.Services.AddSingleton(first.GetRequiredService<IEngine>());
        builder.Services.AddSingleton(first.GetRequiredService<IRunningEngine>());
        builder.Services.AddSingleton(first.GetRequiredService<DefinitionChanges>());
        builder.Services.AddSingleton<TimeProvider>(start.Time);
        builder.Services.AddSingleton<Users>().AddSingleton<Sessions>().AddSingleton<KeyUses>().AddSingleton<KeyRing>().AddSingleton<Callers>();
        builder.Services.AddScoped<Sight>();
        _second = builder.Build();
        _second.UseApiProblems();
        _second.UseCallerGate();
        _second.MapGet("/read", static () => "read").Needs(Permission.Read);
        _second.MapGet("/configure", static () => "configure").Needs(Permission.Configure);
        _second.MapPost("/configure", static () => "configured").Needs(Permission.Configure);
        await _second.StartAsync();
    }

    // It is stopped and not disposed: what it was lent belongs to the first one.
    public async Task DisposeAsync() => await _second.StopAsync();

    [Theory]
    [InlineData("sign out")]
    [InlineData("end")]
    [InlineData("password")]
    [InlineData("role")]
    [InlineData("lock")]
    [InlineData("reset")]
    [InlineData("sessions")]
    public async Task What_was_taken_away_on_one_server_the_other_refuses_with_the_next_request(string what)
    {
        var (browser, name) = await start.SignedInAsync(Role.Developer);
        Assert.Equal((200, 200, 200), (await AskAsync(browser, "/read"), await AskAsync(browser, "/configure"), await AskAsync(browser, "/configure", HttpMethod.Post)));

        var other = start.Browser();
        switch (what)
        {
            case "sign out":
                var kept = browser.Cookie;
                await browser.SendAsync(HttpMethod.Delete, "/api/session");
                browser.Cookie = kept;
                break;
            case "end":
                var id = (await browser.SendAsync(HttpMethod.Get, "/api/session/all")).Body.GetProperty("sessions")[0].GetProperty("id").GetString();
                await browser.SendAsync(HttpMethod.Delete, $"/api/session/all/{id}");
                break;
            case "password":
                await other.SignInAsync(name);
                await other.SendAsync(HttpMethod.Post, "/api/session/password", new { password = Browser.Password, new_password = "another four word phrase" });
                break;
            case "role":
                await start.Server.AskAsync(HttpMethod.Put, $"/api/users/{name}/role", new { role = "viewer" });
                break;
            case "sessions":
                await start.Server.AskAsync(HttpMethod.Delete, $"/api/users/{name}/sessions");
                break;
            default:
                await start.Server.AskAsync(HttpMethod.Post, $"/api/users/{name}/{what}");
                break;
        }

        Assert.Equal((401, 401, 401), (await AskAsync(browser, "/read"), await AskAsync(browser, "/configure"), await AskAsync(browser, "/configure", HttpMethod.Post)));
    }

    [Fact]
    public async Task A_role_that_was_changed_counts_on_the_other_server_also_for_who_signs_in_again()
    {
        var (browser, name) = await start.SignedInAsync(Role.Developer);
        await start.Server.AskAsync(HttpMethod.Put, $"/api/users/{name}/role", new { role = "viewer" });

        await browser.SignInAsync(name);

        Assert.Equal((200, 403), (await AskAsync(browser, "/read"), await AskAsync(browser, "/configure")));
    }

    private async Task<int> AskAsync(Browser browser, string path, HttpMethod? method = null)
    {
        using var request = browser.Request(method ?? HttpMethod.Get, path, method is null ? null : "{}");
        request.RequestUri = new Uri(new Uri(_second.Urls.First()), path);
        using var answer = await start.Server.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
