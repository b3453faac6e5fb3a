using System.Net;

namespace Automation.Connectors.Webhook;

/// <summary>
/// Makes webhook connectors: real HTTP requests, signed, and unable to reach networks that the account may not reach.
/// </summary>
public sealed class WebhookConnectorFactory : IConnectorFactory
{
    /// <summary>
    /// Whether accounts may open private networks (<c>allow_private_networks</c>, <c>allow_hosts</c>). Default: true. An
    /// operator who lets strangers edit accounts sets it to false; such an account is then refused.
    /// </summary>
    public bool AccountsMayOpenPrivateNetworks { get; init; } = true;

    /// <summary>Resolves names; for tests, which have no name server.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>>? Resolve { get; init; }

    /// <inheritdoc/>
    public ConnectorManifest Manifest => WebhookManifest.Value;

    /// <inheritdoc/>
    public IConnector Create(ConnectorAccount account, ConnectorServices services)
    {
        var options = WebhookOptions.Read(account);
        if (!AccountsMayOpenPrivateNetworks && (options.PrivateNetworksAllowed || options.HostsAllowed.Count > 0))
        {
            throw new ConnectorConfigurationException(
                options.PrivateNetworksAllowed ? "/allow_private_networks" : "/allow_hosts",
                "Expected only public addresses, as the operator of this server decided, but the account opens private networks.");
        }

        return new WebhookConnector(options, services, Resolve);
    }
}
