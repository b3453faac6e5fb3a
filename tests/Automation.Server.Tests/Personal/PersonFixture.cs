using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Automation.Server.Tests.Personal;

/// <summary>A server with one person whose name and numbers stand in every place where one can stand.</summary>
public sealed class PersonFixture : IAsyncLifetime
{
    /// <summary>Any of these in an answer is a person told.</summary>
    public static readonly string[] Markers = ["13900001234", "欧阳标记", "marker.person", "秘密路", "31010119900101123X"];

    private const string Everything = """
        { "phone": "13900001234", "name": "欧阳标记", "email": "marker.person@example.com", "address": { "street": "秘密路 99 号", "city": "上海" },
          "id_card": "31010119900101123X", "customer": { "name": "欧阳标记", "contacts": [ { "mobile": 13900001234 } ] }, "note": "call 13900001234 please", "city": "上海" }
        """;

    internal RunningServer Server { get; private set; } = null!;

    internal Kept Log { get; } = new();

    public long Contact { get; private set; }

    public string Message { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Server = await RunningServer.StartAsync(Log);
        await Server.AskAsync(HttpMethod.Put, "/api/settings", """{ "consent": { "sms": "assumed" }, "accounts": { "sms": "sandbox" } }""");
        await Server.AskAsync(HttpMethod.Put, "/api/templates/person-hello", """
            { "key": "person-hello", "channel": "sms", "content": { "text": "{{ contact.name }}：订单到 {{ event.address.street }}，{{ contact.email }}" } }
            """);
        await Server.AskAsync(HttpMethod.Put, "/api/journeys/person-hello", """
            { "key": "person-hello", "trigger": { "on": "event", "event": "person_ordered",
                "where": { "combinator": "and", "rules": [ { "field": "event.note", "operator": "contains", "value": "please" }, { "field": "contact.name", "operator": "!=", "value": "x" } ] } },
              "steps": [ { "id": "hello", "type": "send", "channel": "sms", "template": "person-hello", "next": "stay" }, { "id": "stay", "type": "wait", "for": "30d" } ] }
            """);
        await Server.AskAsync(HttpMethod.Post, "/api/journeys/person-hello/publish", new { });
        await Server.AskAsync(HttpMethod.Put, "/api/journeys/person-by-hand", """
            { "key": "person-by-hand", "trigger": { "on": "manual" }, "steps": [ { "id": "stay", "type": "wait", "for": "30d" } ] }
            """);
        await Server.AskAsync(HttpMethod.Post, "/api/journeys/person-by-hand/publish", new { });
        await Server.TrackAsync("identify", $$"""{ "userId": "person-1", "traits": {{Everything}} }""");
        await Server.TrackAsync("track", $$"""{ "userId": "person-1", "event": "person_ordered", "properties": {{Everything}} }""");
        await Server.UntilFactsAsync("message_queued", 1);
        await Server.UntilFactsAsync("message_delivered", 1);
        var found = (await Server.GetAsync("/api/contacts?identity=phone:13900001234")).GetProperty("contacts")[0];
        Contact = found.GetProperty("id").GetInt64();
        Message = (await Server.GetAsync("/api/messages?journey=person-hello")).GetProperty("messages")[0].GetProperty("id").GetString()!;
        await Server.AskAsync(HttpMethod.Post, $"/api/contacts/{Contact}/enrollments", $$"""{ "journey": "person-by-hand", "properties": {{Everything}} }""");
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>Everything that is logged.</summary>
    internal sealed class Kept : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
