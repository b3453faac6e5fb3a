using System.Collections.Concurrent;
using System.Text.Json;
using Automation.Connectors;

namespace Automation.Runtime.Tests.Dispatch;

/// <summary>A connector that does what the test says, and remembers what it was asked.</summary>
internal sealed class FakeVendor(string key = "vendor") : IConnectorFactory, IConnector
{
    public ConcurrentQueue<IReadOnlyList<OutgoingMessage>> Calls { get; } = new();

    public ConcurrentQueue<OutcomeQuery> Queries { get; } = new();

    public Func<IReadOnlyList<OutgoingMessage>, Task<IReadOnlyList<SendResult>>> OnSend { get; set; } =
        batch => Task.FromResult<IReadOnlyList<SendResult>>([.. batch.Select(message => SendResult.Accepted(message, $"v-{message.IdText}"))]);

    public Func<OutcomeQuery, SendResult> OnQuery { get; set; } = query => SendResult.Delivered(query.Message);

    public Idempotency Idempotency { get; init; }

    public bool CanQueryOutcome { get; init; }

    public ReceiptDelivery Receipts { get; init; }

    public int BatchSizeMax { get; init; } = 10;

    /// <summary>The channel's rate; null for none.</summary>
    public double? MessagesPerSecond { get; init; }

    public bool IsDisposed { get; private set; }

    public ConnectorManifest Manifest => new()
    {
        Key = key,
        Name = new DisplayName(key, key),
        Summary = new DisplayName(key, key),
        Channels =
        [
            new ChannelManifest
            {
                Key = "sms", Name = new DisplayName("sms", "sms"), AddressType = "phone", MessageSchema = JsonElement.Parse("{}"),
                Limits = new ChannelLimits { BatchSizeMax = BatchSizeMax, BodyBytesMax = 10_000, MessagesPerSecond = MessagesPerSecond },
            },
        ],
        ConfigurationSchema = JsonElement.Parse("{}"),
        Idempotency = Idempotency,
        CanQueryOutcome = CanQueryOutcome,
        Receipts = Receipts,
    };

    public IConnector Create(ConnectorAccount account, ConnectorServices services) => this;

    public async ValueTask<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation)
    {
        Calls.Enqueue(batch);
        return await OnSend(batch);
    }

    public ValueTask<IReadOnlyList<SendResult>> QueryOutcomeAsync(IReadOnlyList<OutcomeQuery> queries, CancellationToken cancellation)
    {
        foreach (var query in queries)
        {
            Queries.Enqueue(query);
        }
        return ValueTask.FromResult<IReadOnlyList<SendResult>>([.. queries.Select(OnQuery)]);
    }

    public Func<ConnectorHealth> OnHealth { get; set; } = static () => ConnectorHealth.Ok("fine");

    public ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation) => ValueTask.FromResult(OnHealth());

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
