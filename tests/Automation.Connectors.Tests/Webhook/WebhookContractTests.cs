using System.Text.Json;
using Automation.Connectors.Webhook;
using Xunit.Abstractions;

namespace Automation.Connectors.Tests.Webhook;

public sealed class WebhookContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new WebhookRig();
}

public sealed class IdempotentWebhookContractTests(ITestOutputHelper output) : ConnectorContract(output)
{
    protected override ConnectorRig Rig() => new WebhookRig(""", "idempotency": "by_message_id" """);
}

/// <summary>A receiver that takes what is signed, and remembers it by its id.</summary>
internal sealed class WebhookRig(string more = "") : ConnectorRig
{
    public override IConnectorFactory Factory { get; } = new WebhookConnectorFactory();

    public override string Channel => "webhook";

    public override ConnectorAccount Account(Uri vendor) => Account(
        $$"""{ "url": "{{vendor}}hook", "allow_hosts": ["127.0.0.1"]{{more}} }""", ("signing_secret", WebhookTesting.Secret));

    public override string ArrivalKey(OutgoingMessage message) => message.IdText;

    public override VendorReply Answer(VendorRequest request, VendorMemory memory)
    {
        var signature = WebhookSignature.Sign(WebhookTesting.Secret, request.Headers["X-Automation-Timestamp"], request.Body);
        if (signature != request.Headers["X-Automation-Signature"])
        {
            return VendorReply.Empty(401);
        }

        var id = request.Headers["X-Automation-Message-Id"];
        if (memory.Refuses(id))
        {
            return VendorReply.Empty(422);
        }

        var content = request.Json.GetProperty("content");
        memory.Take(id, content.GetProperty("text").GetString()!);
        return VendorReply.Json(JsonSerializer.SerializeToElement(new { taken = id }));
    }
}
