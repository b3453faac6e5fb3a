using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Automation.Server.Hosting;
using Automation.Server.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Xunit;

namespace Automation.Server.Tests.Hosting;

public sealed class LogLinesTests
{
    [Fact]
    public void A_json_line_has_each_value_under_its_name_and_the_trace_it_belongs_to()
    {
        using var services = new ServiceCollection().AddLogging(logging => LogLines.Write(logging, LogFormat.Json)).BuildServiceProvider();
        var formatter = services.GetServices<ConsoleFormatter>().Single(one => one.Name == ConsoleFormatterNames.Json);
        using var activity = new Activity("request").Start();
        var scopes = new LoggerExternalScopeProvider();
        using var _ = scopes.Push(new Dictionary<string, object> { ["TraceId"] = activity.TraceId.ToString() });
        using var written = new StringWriter();
        var values = new[] { KeyValuePair.Create<string, object?>("Account", "acme"), KeyValuePair.Create<string, object?>("Outcome", "sent") };

        formatter.Write(
            new LogEntry<KeyValuePair<string, object?>[]>(LogLevel.Debug, "Automation.Dispatch", new EventId(7), values, null, static (_, _) => "Message sent"), scopes, written);

        var line = JsonElement.Parse(Assert.Single(written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(("acme", "sent"), (line.GetProperty("State").GetProperty("Account").GetString(), line.GetProperty("State").GetProperty("Outcome").GetString()));
        Assert.Contains(line.GetProperty("Scopes").EnumerateArray(), scope => scope.GetProperty("TraceId").GetString() == activity.TraceId.ToString());
        Assert.True(DateTimeOffset.TryParse(line.GetProperty("Timestamp").GetString(), out var at) && at.Offset == TimeSpan.Zero);
    }

    [Fact]
    public async Task The_line_of_an_event_and_the_line_of_its_message_tell_the_same_trace()
    {
        using var log = new Kept();
        await using var server = await RunningServer.StartAsync(
            data => new ServerOptions { Data = data, Urls = "http://127.0.0.1:0", LogLevel = LogLevel.Debug, Connectors = [new FakeVendor()] }, log);
        await Greeting.SetUpAsync(server);
        await Greeting.KnowsAsync(server, 1);
        var trace = ActivityTraceId.CreateRandom();
        using var request = server.Request(HttpMethod.Post, "/v1/track", Role.Write, """{ "userId": "u-1", "event": "came", "messageId": "m-42" }""");
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");

        await server.SendAsync(request);
        var sent = Assert.Single(await server.UntilFactsAsync("message_sent", 1));

        var brought = Assert.Single(log.Lines, line => line.Values.GetValueOrDefault("EventMessage") is "m-42");
        Assert.Equal(trace.ToString(), brought.Trace);
        var message = Assert.Single(log.Lines, line => line.Values.GetValueOrDefault("Outcome") is "sent");
        Assert.Equal((trace.ToString(), "greet", "hi", sent.Contact), (message.Values["Trace"], message.Values["Journey"], message.Values["Step"], message.Values["Contact"]));
        Assert.Contains(message.Values["Message"]!.ToString()!, sent.Details, StringComparison.Ordinal);
    }

    private sealed record Line(string? Trace, IReadOnlyDictionary<string, object?> Values);

    /// <summary>Each line with its values, and the trace among its scopes.</summary>
    private sealed class Kept : ILoggerProvider, ILogger, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<Line> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string? trace = null;
            _scopes.ForEachScope(
                (scope, _) =>
                {
                    if (scope is IEnumerable<KeyValuePair<string, object?>> values)
                    {
                        trace = values.FirstOrDefault(static value => value.Key == "TraceId").Value?.ToString() ?? trace;
                    }
                },
                0);
            if (state is IEnumerable<KeyValuePair<string, object?>> said)
            {
                var values = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var (name, value) in said)
                {
                    values[name] = value;
                }
                Lines.Enqueue(new Line(trace, values));
            }
        }

        public void Dispose()
        {
        }
    }
}
