using Automation.Connectors;

namespace Automation.Server.PlugIns;

/// <summary>A plug-in's factory, whose exceptions become complaints about the account instead of the server's end.</summary>
internal sealed class PlugInFactory(IConnectorFactory factory, ConnectorManifest manifest) : IConnectorFactory
{
    public ConnectorManifest Manifest => manifest;

    public IConnector Create(ConnectorAccount account, ConnectorServices services)
    {
        try
        {
            return factory.Create(account, services);
        }
        catch (Exception error) when (error is not ConnectorConfigurationException)
        {
            // Its sentence is not repeated: nobody knows whether a secret stands in it.
            throw new ConnectorConfigurationException(
                "", $"Expected the plug-in of '{manifest.Key}' to make a connector, but it threw {error.GetType().Name}.", error);
        }
    }
}
