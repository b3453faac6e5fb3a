using Automation.Connectors.Sandbox.Mailbox;

namespace Automation.Connectors.Sandbox;

/// <summary>Makes sandbox connectors. All accounts of one factory share a mailbox.</summary>
public sealed class SandboxConnectorFactory : IConnectorFactory
{
    /// <summary>Makes the factory.</summary>
    /// <param name="mailbox">Where messages go. The caller keeps it, shows it and disposes it.</param>
    public SandboxConnectorFactory(ISandboxMailbox mailbox) => Mailbox = mailbox;

    /// <summary>Where the messages are.</summary>
    public ISandboxMailbox Mailbox { get; }

    /// <inheritdoc/>
    public ConnectorManifest Manifest => SandboxManifest.Value;

    /// <inheritdoc/>
    public IConnector Create(ConnectorAccount account, ConnectorServices services) =>
        new SandboxConnector(account.Key, SandboxOptions.Read(account), services, Mailbox);
}
