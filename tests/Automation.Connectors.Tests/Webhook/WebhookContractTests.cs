using Automation.Connectors.Webhook;

namespace Automation.Connectors.Tests.Webhook;

public sealed class WebhookContractTests : ConnectorContract
{
    private Receiver _receiver = null!;

    private protected override IConnectorFactory Factory { get; } = new WebhookConnectorFactory();

    private protected override string Channel => "webhook";

    public override async Task InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    private protected override ConnectorAccount Account() => WebhookTesting.Account(_receiver.Url);

    private protected override IReadOnlyCollection<Guid> Arrived() =>
        [.. _receiver.Requests.Select(r => Guid.ParseExact(r.Headers["X-Automation-Message-Id"], "N")).Distinct()];
}
