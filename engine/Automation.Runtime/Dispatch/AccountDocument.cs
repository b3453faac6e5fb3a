using System.Text.Json;
using Automation.Connectors;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// An account as a definition: <c>{ "connector": "webhook", "configuration": { … }, "secrets": { … } }</c>. Secrets stand in
/// it as the server encrypted them; whoever reads it brings the key.
/// </summary>
public static class AccountDocument
{
    /// <exception cref="ConnectorConfigurationException">It is no such document.</exception>
    public static ConnectorAccount Read(string key, string document, Func<string, string> reveal)
    {
        JsonElement root;
        try
        {
            root = JsonElement.Parse(document);
        }
        catch (JsonException wrong)
        {
            throw new ConnectorConfigurationException("", "Expected an account as JSON, but it is malformed.", wrong);
        }
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("connector", out var connector) || connector.ValueKind != JsonValueKind.String)
        {
            throw new ConnectorConfigurationException("/connector", "Expected the key of a connector, but there is none.");
        }
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.TryGetProperty("secrets", out var hidden) && hidden.ValueKind == JsonValueKind.Object)
        {
            foreach (var secret in hidden.EnumerateObject())
            {
                secrets[secret.Name] = secret.Value.ValueKind == JsonValueKind.String
                    ? reveal(secret.Value.GetString()!)
                    : throw new ConnectorConfigurationException($"/secrets/{secret.Name}", "Expected a text, but found something else.");
            }
        }
        return new ConnectorAccount
        {
            Key = key,
            ConnectorKey = connector.GetString()!,
            Configuration = root.TryGetProperty("configuration", out var configuration) && configuration.ValueKind == JsonValueKind.Object
                ? configuration
                : JsonElement.Parse("{}"),
            Secrets = secrets,
        };
    }
}
