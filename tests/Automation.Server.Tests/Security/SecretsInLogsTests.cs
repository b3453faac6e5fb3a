using System.Collections.Concurrent;
using Automation.Server.Hosting;
using Automation.Server.Security;
using Automation.Server.Tests.SignIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Automation.Server.Tests.Security;

public sealed class SecretsInLogsTests
{
    private const string Wrong = "a wrong password typed";
    private const string Signing = "whsec_the-first-0123456789";
    private const string Signing2 = "whsec_the-second-0123456789";
    private const string InUrl = "token-within-an-address";
    private const string Phone = "13800138042";

    [Fact]
    public async Task No_password_key_link_cookie_or_phone_number_is_logged_at_the_most_talkative_level()
    {
        await using var server = await RunningServer.StartAsync(data => new ServerOptions { Data = data, Urls = "http://127.0.0.1:0", LogLevel = LogLevel.Trace });
        using var log = new Kept();
        server.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);

        var invited = await server.AskAsync(HttpMethod.Post, "/api/users", new { name = "li", role = "admin" });
        var link = Browser.LinkOf(invited.GetProperty("link"));
        var browser = new Browser(server);
        await browser.UseAsync(link);
        await browser.SignInAsync("li", Wrong);
        await browser.SignInAsync("li");
        var key = (await server.AskAsync(HttpMethod.Post, "/api/keys", new { role = "write" })).GetProperty("key").GetString()!;
        using var wrongKey = server.Request(HttpMethod.Get, "/api/journeys", null);
        wrongKey.Headers.Add("Authorization", "Bearer am_admin_not-a-known-key");
        await server.SendAsync(wrongKey);
        await server.TrackAsync("identify", $$$"""{"userId":"u-log","traits":{"phone":"{{{Phone}}}","name":"Chen"}}""");
        await server.TrackAsync("track", $$$"""{"userId":"u-log","event":null,"properties":{"phone":"{{{Phone}}}"}}""");
        await browser.GetAsync($"/api/contacts?identity=phone:%2B86{Phone}");

        await FailAtTheVendorAsync(server);

        Assert.NotEmpty(log.Lines);
        Assert.Contains(log.Lines, line => line.Contains("unheard", StringComparison.Ordinal));
        foreach (var secret in new[] { Signing, Signing2, InUrl, link, browser.Cookie, browser.Token, Browser.Password, Wrong, key, "not-a-known-key", server.Key(Role.Admin), Phone })
        {
            Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    // An account is saved with a secret, wrongly, and with another one; nobody listens where it calls.
    private static async Task FailAtTheVendorAsync(RunningServer server)
    {
        foreach (var (secret, connector) in new[] { (Signing, "webhook"), ("", "webhook"), (Signing2, "nobody-knows"), (Signing2, "webhook") })
        {
            using var saving = server.Request(HttpMethod.Put, "/api/accounts/unheard", Role.Admin, $$"""
                { "connector": "{{connector}}", "configuration": { "url": "http://127.0.0.1:1/?key={{InUrl}}", "allow_hosts": [ "127.0.0.1" ] }, "secrets": { "signing_secret": "{{secret}}" } }
                """);
            await server.SendAsync(saving);
        }
        await server.AskAsync(HttpMethod.Post, "/api/accounts/unheard/test");
        await server.AskAsync(HttpMethod.Put, "/api/journeys/call", """
            { "key": "call", "trigger": { "on": "event", "event": "came" }, "entry": { "repeat": "always" },
              "steps": [ { "id": "ask", "type": "call", "account": "unheard", "content": { "a": "b" }, "timeout": "30s" } ] }
            """);
        await server.AskAsync(HttpMethod.Post, "/api/journeys/call/publish", new { });
        await server.TrackAsync("track", """{"userId":"u-log","event":"came"}""");
        await server.UntilFactsAsync("retry_scheduled", 1);
    }

    /// <summary>Everything that is logged, with what its scopes say.</summary>
    private sealed class Kept : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
