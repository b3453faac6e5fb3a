namespace Automation.Connectors.Aliyun;

/// <summary>Makes connectors to Alibaba Cloud SMS (Dysmsapi 2017-05-25).</summary>
public sealed class AliyunSmsConnectorFactory : IConnectorFactory
{
    /// <inheritdoc/>
    public ConnectorManifest Manifest => AliyunSmsManifest.Value;

    /// <inheritdoc/>
    public IConnector Create(ConnectorAccount account, ConnectorServices services) =>
        new AliyunSmsConnector(account.Key, AliyunSmsOptions.Read(account), services);
}
