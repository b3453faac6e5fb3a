using Automation.Connectors.Sandbox;
using Automation.Connectors.Sandbox.Mailbox;

namespace Automation.Connectors.Tests.Sandbox;

public sealed class SandboxContractTests : ConnectorContract
{
    private readonly MemoryMailbox _mailbox = new();

    public SandboxContractTests() => Factory = new SandboxConnectorFactory(_mailbox);

    private protected override IConnectorFactory Factory { get; }

    private protected override string Channel => "sms";

    private protected override ConnectorAccount Account() => Samples.Account("sandbox");

    private protected override IReadOnlyCollection<Guid> Arrived() =>
        [.. SandboxTesting.All(_mailbox).Select(m => m.MessageId)];
}
