using System.Text.Json;
using System.Text.Json.Serialization;

namespace Automation.Connectors;

/// <summary>What happens when the vendor gets the same message id twice.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Idempotency>))]
public enum Idempotency
{
    /// <summary>The person gets it twice, so an unknown outcome is never repeated without asking. True of every SMS vendor.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The person gets it once, so an unknown outcome is simply repeated.</summary>
    [JsonStringEnumMemberName("by_message_id")]
    ByMessageId,
}

/// <summary>How the engine learns that an accepted message arrived.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReceiptDelivery>))]
public enum ReceiptDelivery
{
    /// <summary>It never does: accepted is the last word.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The vendor calls back (<see cref="IReceiptHandler"/>), or the connector tells <see cref="ConnectorServices.PublishReceipts"/>.</summary>
    [JsonStringEnumMemberName("push")]
    Push,

    /// <summary>The engine asks with <see cref="IConnector.QueryOutcomeAsync"/> until it knows.</summary>
    [JsonStringEnumMemberName("pull")]
    Pull,
}

/// <summary>A name in the two languages of the designer.</summary>
/// <param name="Zh">Chinese, for example <c>沙箱</c>.</param>
/// <param name="En">English, for example <c>Sandbox</c>.</param>
public sealed record DisplayName(string Zh, string En);

/// <summary>
/// Everything the engine and the designer need to know of a connector without running it. It is served as JSON, so it holds
/// values only.
/// </summary>
public sealed record ConnectorManifest
{
    /// <summary>The version of this contract. A connector built for another one is refused when it is loaded.</summary>
    public const int CurrentContractVersion = 1;

    /// <summary>Stable key, lower case with underscores, unique among connectors: <c>webhook</c>, <c>aliyun_sms</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The name on screen.</summary>
    public required DisplayName Name { get; init; }

    /// <summary>One sentence on screen: what it sends to whom.</summary>
    public required DisplayName Summary { get; init; }

    /// <summary>The channels it speaks, at least one, each key at most once.</summary>
    public required IReadOnlyList<ChannelManifest> Channels { get; init; }

    /// <summary>
    /// JSON Schema (2020-12) of an account's configuration, an object. A property with <c>"writeOnly": true</c> is a secret:
    /// the form masks it, the store encrypts it, and it comes in <see cref="ConnectorAccount.Secrets"/> instead of
    /// <see cref="ConnectorAccount.Configuration"/>. <c>default</c> is what a missing property means.
    /// </summary>
    public required JsonElement ConfigurationSchema { get; init; }

    /// <summary>
    /// What a repeated id does, for an account with the default configuration. An account may differ; see
    /// <see cref="ConnectorAccount.Idempotency"/>.
    /// </summary>
    public required Idempotency Idempotency { get; init; }

    /// <summary>Whether <see cref="IConnector.QueryOutcomeAsync"/> can say what became of a message.</summary>
    public bool CanQueryOutcome { get; init; }

    /// <summary>How receipts come.</summary>
    public ReceiptDelivery Receipts { get; init; }

    /// <summary>Whether the connector turns callbacks into events: replies, opt-outs, subscriptions, group joins.</summary>
    public bool HasInbound { get; init; }

    /// <summary>The contract it was built for. Default: <see cref="CurrentContractVersion"/> at compile time.</summary>
    public int ContractVersion { get; init; } = CurrentContractVersion;

    /// <summary>Finds a channel by its key.</summary>
    /// <param name="key">For example <c>sms</c>.</param>
    /// <returns>The channel, or null when the connector does not speak it.</returns>
    public ChannelManifest? Channel(string key)
    {
        foreach (var channel in Channels)
        {
            if (string.Equals(channel.Key, key, StringComparison.Ordinal))
            {
                return channel;
            }
        }

        return null;
    }
}
