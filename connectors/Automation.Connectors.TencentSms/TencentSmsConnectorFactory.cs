namespace Automation.Connectors.TencentSms;

/// <summary>Makes connectors to Tencent Cloud SMS (sms 2021-01-11).</summary>
public sealed class TencentSmsConnectorFactory : IConnectorFactory
{
    /// <inheritdoc/>
    public ConnectorManifest Manifest => TencentSmsManifest.Value;

    /// <inheritdoc/>
    public IConnector Create(ConnectorAccount account, ConnectorServices services) =>
        new TencentSmsConnector(account.Key, TencentSmsOptions.Read(account), services);
}
