namespace Automation.Connectors.WeCom;

/// <summary>Makes connectors to WeCom (企业微信).</summary>
public sealed class WeComConnectorFactory : IConnectorFactory
{
    /// <inheritdoc/>
    public ConnectorManifest Manifest => WeComManifest.Value;

    /// <inheritdoc/>
    public IConnector Create(ConnectorAccount account, ConnectorServices services) =>
        new WeComConnector(account.Key, WeComOptions.Read(account), services);
}
