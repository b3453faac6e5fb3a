using System.Collections.Concurrent;
using System.Text;
using Automation.Runtime.Ports;
using Automation.Sandbox;
using Automation.Server.Security;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Automation.Server.Tests.Vendors;

/// <summary>Accounts with secrets, right ones and wrong ones, at work: no secret comes out in an answer, a fact, a log line or the store.</summary>
public sealed class SecretsStayInsideTests
{
    private static readonly string[] Secrets =
    [
        "sandbox-aliyun-secret", SandboxAccounts.CallbackToken, "sandbox-tencent-key", "sandbox-contact-secret", "sandbox-app-secret", "sandbox-robot-key",
        SandboxAccounts.EnvelopeToken, SandboxAccounts.EnvelopeKey, "sandbox-wechat-secret", "wrong-secret-of-a-tired-person", "whsec_of-the-webhook-0123",
    ];

    [Fact]
    public async Task No_secret_is_answered_recorded_logged_or_stored_in_clear()
    {
        using var log = new Lines();
        await using var vendors = await VendorSandbox.StartAsync(new SandboxOptions { EverybodyIsThere = true });
        await using var server = await RunningServer.StartAsync(log);
        vendors.Hooks = new Uri(server.Http.BaseAddress!, "hooks/");
        var said = new StringBuilder();
        foreach (var account in SandboxAccounts.Keys)
        {
            said.Append(await server.AskAsync(HttpMethod.Put, $"/api/accounts/{account}", SandboxAccounts.Document(account, vendors.Address).ToJsonString()));
        }
        var wrong = SandboxAccounts.Document(SandboxAccounts.Aliyun, vendors.Address);
        wrong["secrets"]!["access_key_secret"] = "wrong-secret-of-a-tired-person";
        said.Append(await server.AskAsync(HttpMethod.Put, "/api/accounts/tired", wrong.ToJsonString()));
        said.Append(await server.AskAsync(HttpMethod.Put, "/api/accounts/unheard", """
            { "connector": "webhook", "configuration": { "url": "http://127.0.0.1:1/", "allow_hosts": [ "127.0.0.1" ] }, "secrets": { "signing_secret": "whsec_of-the-webhook-0123" } }
            """));
        await server.AskAsync(HttpMethod.Put, "/api/settings", """{ "consent": { "sms": "assumed" }, "accounts": { "sms": "aliyun" } }""");
        await server.AskAsync(HttpMethod.Put, "/api/templates/hi", """{ "key": "hi", "channel": "sms", "content": { "template": "SMS_1" } }""");
        foreach (var (journey, account) in new[] { ("well", "aliyun"), ("badly", "tired") })
        {
            await server.AskAsync(HttpMethod.Put, $"/api/journeys/{journey}", $$"""
                { "key": "{{journey}}", "trigger": { "on": "event", "event": "came" }, "entry": { "repeat": "always" },
                  "steps": [ { "id": "hi", "type": "send", "channel": "sms", "account": "{{account}}", "template": "hi" } ] }
                """);
            await server.AskAsync(HttpMethod.Post, $"/api/journeys/{journey}/publish", new { });
        }

        await server.TrackAsync("identify", """{ "userId": "u-1", "traits": { "phone": "13800138001" } }""");
        await server.TrackAsync("track", """{ "userId": "u-1", "event": "came" }""");
        await server.UntilFactsAsync("message_delivered", 1);
        await server.UntilFactsAsync("retry_scheduled", 1);
        foreach (var account in SandboxAccounts.Keys.Append("tired").Append("unheard"))
        {
            said.Append(await server.AskAsync(HttpMethod.Post, $"/api/accounts/{account}/test"));
            using var forged = await server.Http.PostAsync(new Uri($"/hooks/{account}?token=guess", UriKind.Relative), new StringContent("<xml/>"));
            said.Append(await forged.Content.ReadAsStringAsync());
        }
        foreach (var page in new[] { "accounts", "accounts/aliyun", "connectors", "messages", "audit", "contacts", "holds", "settings", "journeys/badly" })
        {
            using var request = server.Request(HttpMethod.Get, $"/api/{page}", Role.Admin);
            using var answer = await server.Http.SendAsync(request);
            said.Append(await answer.Content.ReadAsStringAsync());
        }
        foreach (var fact in await server.Ledger.FactsAsync(new FactQuery(Limit: 1_000), CancellationToken.None))
        {
            said.Append(fact.Details).Append(fact.Reason);
        }
        var stored = await StoredAsync(server.DatabasePath);

        Assert.Contains("tired", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("Expected", string.Join('\n', log.Said), StringComparison.Ordinal);
        Assert.Contains("tired", stored, StringComparison.Ordinal);
        foreach (var secret in Secrets)
        {
            Assert.DoesNotContain(secret, said.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(log.Said, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        }
    }

    // All bytes of a copy: a log beside the database belongs to it.
    private static async Task<string> StoredAsync(string database)
    {
        var copy = database + ".copy";
        await using (var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $copy";
            command.Parameters.AddWithValue("$copy", copy);
            await command.ExecuteNonQueryAsync();
        }
        return Encoding.Latin1.GetString(await File.ReadAllBytesAsync(copy));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Said { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
