using Xunit.Abstractions;

namespace Automation.Connectors.Tests.WeCom;

public sealed class WeComCustomerContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new WeComRig();
}

public sealed class WeComWelcomeContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new WeComRig("wecom_welcome");
}

public sealed class WeComAppContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new WeComRig("wecom_app");
}

public sealed class WeComRobotContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new WeComRig("wecom_robot");
}

public sealed class WeComGroupContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new WeComRig("wecom_group");
}
