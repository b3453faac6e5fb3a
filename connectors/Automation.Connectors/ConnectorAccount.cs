using System.Text.Json;

namespace Automation.Connectors;

/// <summary>A configured connector: one vendor account with its credentials. Its text form never shows a secret.</summary>
public sealed class ConnectorAccount
{
    /// <summary>Stable key of the account, unique in the workspace; it is the last part of <c>/hooks/{account}</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The <see cref="ConnectorManifest.Key"/> of the connector it configures.</summary>
    public required string ConnectorKey { get; init; }

    /// <summary>The configuration without its secrets: an object that satisfies the manifest's schema. Default: an empty object.</summary>
    public JsonElement Configuration { get; init; } = JsonElement.Parse("{}");

    /// <summary>The secrets, in clear, by property name. They must never stand in a log, an error text or a result.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>A secret that must be there.</summary>
    /// <param name="name">Its property in the configuration schema.</param>
    /// <exception cref="ConnectorConfigurationException">It is missing or empty.</exception>
    public string Secret(string name) => Secrets.TryGetValue(name, out var secret) && secret.Length > 0
        ? secret
        : throw new ConnectorConfigurationException($"/secrets/{name}", $"Expected the secret '{name}', but it is missing.");

    /// <summary>
    /// What a repeated message id does with this account. The configuration may state it (property <c>idempotency</c>, as the
    /// webhook does for its receiver); otherwise it is the manifest's.
    /// </summary>
    /// <param name="manifest">The manifest of the account's connector.</param>
    /// <returns>The configured value, or the manifest's when there is none or it is not understood.</returns>
    public Idempotency Idempotency(ConnectorManifest manifest)
    {
        if (Configuration.ValueKind == JsonValueKind.Object
            && Configuration.TryGetProperty("idempotency", out var stated)
            && stated.ValueKind == JsonValueKind.String)
        {
            return stated.GetString() switch
            {
                "none" => Connectors.Idempotency.None,
                "by_message_id" => Connectors.Idempotency.ByMessageId,
                _ => manifest.Idempotency,
            };
        }

        return manifest.Idempotency;
    }

    /// <summary>
    /// How this account's receipts come. Where the manifest says push, the configuration may state <c>"receipts": "pull"</c>: for those
    /// whose server the vendor cannot reach.
    /// </summary>
    /// <param name="manifest">The manifest of the account's connector.</param>
    /// <returns>The configured value, or the manifest's when there is none or it is not understood.</returns>
    public ReceiptDelivery Receipts(ConnectorManifest manifest)
    {
        if (Configuration.ValueKind == JsonValueKind.Object
            && Configuration.TryGetProperty("receipts", out var stated)
            && stated.ValueKind == JsonValueKind.String)
        {
            return stated.GetString() switch
            {
                "none" => ReceiptDelivery.None,
                "push" => ReceiptDelivery.Push,
                "pull" => ReceiptDelivery.Pull,
                _ => manifest.Receipts,
            };
        }

        return manifest.Receipts;
    }

    /// <summary>The property by which any account may ask for less than its channel's rate: what the vendor sold to this account.</summary>
    public const string RateProperty = "messages_per_second";

    /// <summary>Messages a second that may go out on a channel: the account's own rate where it states one, at most the channel's. Null for no limit.</summary>
    /// <param name="channel">A channel of the connector.</param>
    public double? MessagesPerSecond(ChannelManifest channel)
    {
        var most = channel.Limits.MessagesPerSecond;
        return Configuration.ValueKind == JsonValueKind.Object
            && Configuration.TryGetProperty(RateProperty, out var stated)
            && stated.ValueKind == JsonValueKind.Number && stated.TryGetDouble(out var rate) && rate > 0
                ? Math.Min(rate, most ?? double.MaxValue)
                : most;
    }

    /// <summary>The property by which an account of a connector with an <see cref="IDirectory"/> says how often its list is read.</summary>
    public const string SyncProperty = "sync_every_hours";

    /// <summary>How often the vendor's list is read. Default: once a day. Null: only when it is ordered.</summary>
    public TimeSpan? SyncEvery => Configuration.ValueKind == JsonValueKind.Object
        && Configuration.TryGetProperty(SyncProperty, out var stated) && stated.ValueKind == JsonValueKind.Number && stated.TryGetDouble(out var hours)
            ? hours > 0 ? TimeSpan.FromHours(hours) : null
            : TimeSpan.FromHours(24);

    /// <summary>Names the account, without its configuration and secrets.</summary>
    public override string ToString() => $"account {Key} of {ConnectorKey}";
}
