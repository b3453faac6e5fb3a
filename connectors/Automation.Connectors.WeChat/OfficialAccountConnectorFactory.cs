using Automation.Connectors.WeChat.Official;

namespace Automation.Connectors.WeChat;

/// <summary>Makes connectors to WeChat official accounts (服务号): template messages.</summary>
public sealed class OfficialAccountConnectorFactory : IConnectorFactory
{
    /// <inheritdoc/>
    public ConnectorManifest Manifest => OfficialAccountManifest.Value;

    /// <inheritdoc/>
    public IConnector Create(ConnectorAccount account, ConnectorServices services) =>
        new OfficialAccountConnector(account.Key, WeChatOptions.ReadOfficialAccount(account), services);
}
