using System.Collections.Immutable;
using System.Text.Json;
using Automation.Connectors;
using Automation.Connectors.Sandbox;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Connectors.Webhook;
using Automation.Core.Journeys.Linting;

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
        IConnectorFactory[] factories = [new SandboxConnectorFactory(new MemoryMailbox()), new WebhookConnectorFactory()];
        return factories.SelectMany(factory => factory.Manifest.Channels)
            .ToImmutableDictionary(channel => channel.Key, channel => new ChannelFacts(Fields(channel.MessageSchema)), StringComparer.Ordinal);
    }

    /// <summary>The fields a schema allows; null where it allows any.</summary>
    private static ImmutableHashSet<string>? Fields(JsonElement schema) =>
        schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False
        && schema.TryGetProperty("properties", out var properties)
            ? [.. properties.EnumerateObject().Select(property => property.Name)]
            : null;
}
