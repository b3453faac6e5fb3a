using Xunit.Abstractions;

namespace Automation.Connectors.Tests.Remote;

public sealed class RemoteContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new RemoteRig();
}
