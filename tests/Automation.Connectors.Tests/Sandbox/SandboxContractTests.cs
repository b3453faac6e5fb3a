using System.Globalization;
using Automation.Connectors.Sandbox;
using Automation.Connectors.Sandbox.Mailbox;
using Xunit.Abstractions;

namespace Automation.Connectors.Tests.Sandbox;

public sealed class SandboxContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new SandboxRig();
}

/// <summary>The sandbox speaks to no server: what arrived lies in its mailbox.</summary>
internal sealed class SandboxRig : ConnectorRig
{
    private readonly MemoryMailbox _mailbox = new();

    public SandboxRig() => Factory = new SandboxConnectorFactory(_mailbox);

    public override IConnectorFactory Factory { get; }

    public override string Channel => "sms";

    public override bool SpeaksHttp => false;

    public override ConnectorAccount Account(Uri vendor) => Account("{}");

    public override string ArrivalKey(OutgoingMessage message) => message.Id.ToString("N", CultureInfo.InvariantCulture);

    public override VendorReply Answer(VendorRequest request, VendorMemory memory) =>
        throw new InvalidOperationException("Expected the sandbox to make no request, but it made one.");

    public override IReadOnlyCollection<(string Key, string Text)> Arrivals(VendorMemory memory) =>
        [.. SandboxTesting.All(_mailbox).Select(m => (m.MessageId.ToString("N", CultureInfo.InvariantCulture), m.Content.GetProperty("text").GetString()!))];
}
