using System.Text.Json;

namespace Automation.Connectors.Remote;

/// <summary>
/// Makes connectors whose work is done by another process, in any language, over plain HTTP. The manifest is a file beside the engine,
/// so that the engine starts whether that process runs or not.
/// </summary>
public sealed class RemoteConnectorFactory : IConnectorFactory
{
    /// <summary>The manifest's form in JSON: names in snake case, as the engine's own API serves manifests.</summary>
    internal static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly Uri _address;
    private readonly TimeSpan _timeout;

    private RemoteConnectorFactory(ConnectorManifest manifest, Uri address, TimeSpan timeout)
    {
        Manifest = manifest;
        _address = address;
        _timeout = timeout;
    }

    /// <inheritdoc/>
    public ConnectorManifest Manifest { get; }

    /// <summary>Reads <c>{ "address": …, "timeout_seconds": 10, "manifest": { … } }</c>.</summary>
    /// <param name="description">The text of the file.</param>
    /// <exception cref="ConnectorConfigurationException">
    /// It is no such description, the address is neither https nor on this machine, or the manifest is for another contract.
    /// </exception>
    public static RemoteConnectorFactory Read(string description)
    {
        try
        {
            var read = new ConfigurationReader(JsonElement.Parse(description));
            if (!read.Has("address"))
            {
                throw read.Missing("address");
            }

            if (!read.Has("manifest"))
            {
                throw read.Missing("manifest");
            }

            var manifest = JsonElement.Parse(description).GetProperty("manifest").Deserialize<ConnectorManifest>(Json)!;
            var factory = new RemoteConnectorFactory(
                manifest, read.Endpoint("address", ""), TimeSpan.FromSeconds(read.Number("timeout_seconds", otherwise: 10, min: 0.1, max: 120)));
            read.RefuseOthers();
            return manifest.ContractVersion == ConnectorManifest.CurrentContractVersion
                ? factory
                : throw new ConnectorConfigurationException(
                    "/manifest/contract_version",
                    FormattableString.Invariant($"Expected contract {ConnectorManifest.CurrentContractVersion}, but the manifest is for {manifest.ContractVersion}."));
        }
        catch (JsonException error)
        {
            throw new ConnectorConfigurationException(error.Path ?? "", "Expected a description with a whole manifest, but it cannot be read.", error);
        }
    }

    /// <inheritdoc/>
    public IConnector Create(ConnectorAccount account, ConnectorServices services)
    {
        Require(account);
        return new RemoteConnector(Manifest, account, _address, _timeout, services);
    }

    /// <summary>What a schema says plainly is checked here; what a value means, only the other process knows.</summary>
    private void Require(ConnectorAccount account)
    {
        var read = new ConfigurationReader(account.Configuration);
        if (!Manifest.ConfigurationSchema.TryGetProperty("properties", out var properties))
        {
            return;
        }

        var required = Manifest.ConfigurationSchema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(one => one.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var property in properties.EnumerateObject())
        {
            var isSecret = property.Value.TryGetProperty("writeOnly", out var mark) && mark.ValueKind == JsonValueKind.True;
            if (isSecret && required.Contains(property.Name))
            {
                account.Secret(property.Name);
            }
            else if (!isSecret && !read.Has(property.Name) && required.Contains(property.Name))
            {
                throw read.Missing(property.Name);
            }
        }

        if (Manifest.ConfigurationSchema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False)
        {
            read.RefuseOthers();
        }
    }
}
