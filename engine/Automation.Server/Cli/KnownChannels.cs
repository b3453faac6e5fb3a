using System.Collections.Immutable;
using System.Text.Json;
using Automation.Connectors;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Core.Journeys.Linting;
using Automation.Server.Hosting;
using Automation.Server.PlugIns;

namespace Automation.Server.Cli;

/// <summary>
/// What the connectors of this program, and the plug-ins beside it, say of their channels. Accounts are configured in a server and not in files, so that a
/// workspace alone cannot name an unknown one.
/// </summary>
internal static class KnownChannels
{
    /// <param name="terminal">Told which plug-ins cannot be used.</param>
    /// <param name="plugIns">Their directory; null for none.</param>
    public static LintContext Lint(Terminal terminal, string? plugIns)
    {
        var known = BuiltInConnectors.All(new MemoryMailbox());
        return new LintContext
        {
            Channels = Facts(plugIns is null ? known : [.. known, .. PlugInFolder.Load(plugIns, known, new TerminalLog(terminal))]),
        };
    }

    private static ImmutableDictionary<string, ChannelFacts> Facts(IReadOnlyList<IConnectorFactory> connectors)
    {
        var facts = ImmutableDictionary.CreateBuilder<string, ChannelFacts>(StringComparer.Ordinal);
        foreach (var channel in connectors.SelectMany(factory => factory.Manifest.Channels))
        {
            // Two connectors of one channel: a field that either knows may stand there.
            var fields = Fields(channel.MessageSchema);
            var known = facts.TryGetValue(channel.Key, out var other) ? other.ContentFields : fields;
            facts[channel.Key] = new ChannelFacts(fields is null || known is null ? null : known.Union(fields));
        }
        return facts.ToImmutable();
    }

    /// <summary>The fields a schema allows; null where it allows any.</summary>
    private static ImmutableHashSet<string>? Fields(JsonElement schema) =>
        schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False
        && schema.TryGetProperty("properties", out var properties)
            ? [.. properties.EnumerateObject().Select(property => property.Name)]
            : null;

    /// <summary>Refusals go to the terminal; what was loaded is nobody's question here.</summary>
    private sealed class TerminalLog(Terminal terminal) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            terminal.Error.WriteLine(formatter(state, null)); // Also beside JSON: it is no finding, and yet changes the findings.
    }
}
