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

        Assert.NotEmpty(log.Lines);
        foreach (var secret in new[] { link, browser.Cookie, browser.Token, Browser.Password, Wrong, key, "not-a-known-key", server.Key(Role.Admin), Phone })
        {
            Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
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
