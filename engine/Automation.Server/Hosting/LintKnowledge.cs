using System.Collections.Immutable;
using System.Text.Json;
using Automation.Core.Journeys.Linting;
using Automation.Runtime.Dispatch;

namespace Automation.Server.Hosting;

/// <summary>What this server's connectors and accounts tell lint: which channels there are, what their messages hold, who speaks them.</summary>
internal static class LintKnowledge
{
    public static LintContext Of(ConnectorRegistry connectors)
    {
        var channels = ImmutableDictionary.CreateBuilder<string, ChannelFacts>(StringComparer.Ordinal);
        foreach (var channel in connectors.Manifests.SelectMany(manifest => manifest.Channels))
        {
            // Two connectors of one channel: a field that either knows may stand there.
            var fields = Fields(channel.MessageSchema);
            channels[channel.Key] = channels.TryGetValue(channel.Key, out var known)
                ? new ChannelFacts(fields is null || known.ContentFields is null ? null : known.ContentFields.Union(fields))
                : new ChannelFacts(fields);
        }
        return new LintContext
        {
            Channels = channels.ToImmutable(),
            Accounts = connectors.Traits.ToImmutableDictionary(
                account => account.Key, account => account.Channels.Select(channel => channel.Channel).ToImmutableHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal),
        };
    }

    private static ImmutableHashSet<string>? Fields(JsonElement schema) =>
        schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False
        && schema.TryGetProperty("properties", out var properties)
            ? [.. properties.EnumerateObject().Select(property => property.Name)]
            : null;
}
