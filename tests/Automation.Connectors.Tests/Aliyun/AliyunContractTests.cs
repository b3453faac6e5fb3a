using Xunit.Abstractions;

namespace Automation.Connectors.Tests.Aliyun;

public sealed class AliyunContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new AliyunRig();
}

public sealed class AliyunSingleContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new AliyunRig(""", "batches": false, "receipts": "pull" """);
}
