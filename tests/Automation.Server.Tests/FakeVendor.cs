using System.Text.Json;
using Automation.Connectors;

namespace Automation.Server.Tests;

/// <summary>A vendor of SMS that calls back: its callbacks say what they mean, and whether the signature is right.</summary>
internal sealed class FakeVendor : IConnectorFactory, IConnector, IReceiptHandler
{
    private readonly TaskCompletionSource<Guid> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first message it was given.</summary>
    public Task<Guid> Sent => _sent.Task;

    /// <summary>Whether its answers get lost, so that nobody knows.</summary>
    public bool Loses { get; init; }

    /// <summary>Whether it refuses everything because the account is wrong.</summary>
    public bool Refuses { get; set; }

    /// <summary>Whether it has no such number.</summary>
    public bool KnowsNobody { get; set; }

    public ConnectorManifest Manifest { get; } = new()
    {
        Key = "vendor",
        Name = new DisplayName("厂商", "Vendor"),
        Summary = new DisplayName("测试", "For tests."),
        Channels =
        [
            new ChannelManifest
            {
                Key = "sms",
                Name = new DisplayName("短信", "SMS"),
                AddressType = "phone",
                MessageSchema = JsonElement.Parse("""{ "type": "object", "properties": { "text": { "type": "string" } } }"""),
                Limits = new ChannelLimits { BatchSizeMax = 10, BodyBytesMax = 10_000 },
            },
        ],
        ConfigurationSchema = JsonElement.Parse("""{ "type": "object" }"""),
        Idempotency = Idempotency.None,
        Receipts = ReceiptDelivery.Push,
        HasInbound = true,
    };

    public IConnector Create(ConnectorAccount account, ConnectorServices services) => this;

    public ValueTask<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation)
    {
        _sent.TrySetResult(batch[0].Id);
        if (Refuses)
        {
            throw new ConnectorNotSentException(FailureReason.FixConfiguration, "Expected a valid key, but it was withdrawn.");
        }
        if (KnowsNobody)
        {
            return ValueTask.FromResult<IReadOnlyList<SendResult>>([.. batch.Select(message => SendResult.Failed(message, FailureReason.BadAddress, "404", "no such number"))]);
        }
        return Loses
            ? throw new IOException("The connection broke.")
            : ValueTask.FromResult<IReadOnlyList<SendResult>>([.. batch.Select(message => SendResult.Accepted(message, $"v-{message.IdText}"))]);
    }

    public ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation) => ValueTask.FromResult(ConnectorHealth.Ok("Fine."));

    public ValueTask<CallbackAnswer> HandleAsync(VendorCallback callback, CancellationToken cancellation)
    {
        var said = JsonElement.Parse(callback.Body.Span);
        if (said.GetProperty("signature").GetString() != "right")
        {
            return ValueTask.FromResult(new CallbackAnswer { Reply = new CallbackReply(401, "", "text/plain") });
        }
        return ValueTask.FromResult(new CallbackAnswer
        {
            Reply = new CallbackReply(200, "thanks", "text/plain"),
            Receipts = said.TryGetProperty("delivered", out var id)
                ? [new Receipt { MessageId = id.GetGuid(), Status = ReceiptStatus.Delivered, OccurredAt = callback.ReceivedAt }]
                : [],
            Events = said.TryGetProperty("said", out var text)
                ?
                [
                    new InboundEvent
                    {
                        Identity = new Address("phone", said.GetProperty("phone").GetString()!),
                        Name = InboundEvent.MessageReceived,
                        Properties = JsonSerializer.SerializeToElement(new { text = text.GetString() }),
                        OccurredAt = callback.ReceivedAt,
                        MessageId = "reply-1",
                    },
                ]
                : [],
        });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
