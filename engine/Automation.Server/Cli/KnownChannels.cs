using System.Collections.Immutable;
using System.Text.Json;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Core.Journeys.Linting;
using Automation.Server.Hosting;

namespace Automation.Server.Cli;

/// <summary>
/// What the connectors of this program say of their channels. Accounts are configured in a server and not in files, so that a
/// workspace alone cannot name an unknown one.
/// </summary>
internal static class KnownChannels
{
    public static LintContext Lint { get; } = new() { Channels = Facts() };

    private static ImmutableDictionary<string, ChannelFacts> Facts()
    {
        var facts = ImmutableDictionary.CreateBuilder<string, ChannelFacts>(StringComparer.Ordinal);
        foreach (var channel in BuiltInConnectors.All(new MemoryMailbox()).SelectMany(factory => factory.Manifest.Channels))
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
}
