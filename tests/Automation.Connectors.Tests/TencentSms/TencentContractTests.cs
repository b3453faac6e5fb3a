using Xunit.Abstractions;

namespace Automation.Connectors.Tests.TencentSms;

public sealed class TencentContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new TencentRig();
}
