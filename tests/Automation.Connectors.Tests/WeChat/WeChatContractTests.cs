using Xunit.Abstractions;

namespace Automation.Connectors.Tests.WeChat;

public sealed class MiniProgramContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new WeChatRig();
}

public sealed class MiniProgramServiceContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new WeChatRig("mini_program_service");
}

public sealed class OfficialAccountContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new WeChatRig("official_account");
}
