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

    /// <summary>Names the account, without its configuration and secrets.</summary>
    public override string ToString() => $"account {Key} of {ConnectorKey}";
}
