namespace Automation.Connectors.WeChat;

/// <summary>Makes connectors to WeChat mini-programs: subscription and customer-service messages.</summary>
public sealed class MiniProgramConnectorFactory : IConnectorFactory
{
    /// <inheritdoc/>
    public ConnectorManifest Manifest => MiniProgramManifest.Value;

    /// <inheritdoc/>
    public IConnector Create(ConnectorAccount account, ConnectorServices services) =>
        new MiniProgramConnector(account.Key, WeChatOptions.ReadMiniProgram(account), services);
}
