using Automation.Bus.Consumers;
using Automation.Bus.Contracts;
using Automation.Runtime.Ports;
using MassTransit;

namespace Automation.Bus;

/// <summary>
/// MassTransit within one process. It makes nothing durable, and need not: the outbox is in the store, and what dies with the
/// process is handed on again by the next one.
/// </summary>
public sealed class InMemoryBus : IOutboxBus, IAsyncDisposable
{
    private const string OutboxQueue = "automation-outbox";

    private readonly IBusControl _bus;
    private ISendEndpoint? _outbox;

    /// <param name="accept">Takes envelopes as they arrive; it returns at once.</param>
    public InMemoryBus(Action<OutboxEnvelope> accept) => _bus = MassTransit.Bus.Factory.CreateUsingInMemory(bus =>
        bus.ReceiveEndpoint(OutboxQueue, endpoint =>
        {
            endpoint.ConcurrentMessageLimit = 2;
            endpoint.Consumer(() => new OutboxConsumer(
                (envelope, _) =>
                {
                    accept(envelope);
                    return Task.CompletedTask;
                },
                CancellationToken.None));
        }));

    public async Task StartAsync(CancellationToken cancellation = default)
    {
        await _bus.StartAsync(cancellation);
        _outbox = await _bus.GetSendEndpoint(new Uri($"queue:{OutboxQueue}"));
    }

    public async ValueTask PublishAsync(OutboxEnvelope envelope, CancellationToken cancellation)
    {
        var outbox = _outbox ?? throw new InvalidOperationException("Expected a started bus, but StartAsync was not called.");
        await outbox.Send(
            new OutboxHandedOn(envelope.Account, envelope.Channel, envelope.Messages.Count, MessageBytes.Pack(envelope.Messages)), cancellation);
    }

    public async ValueTask DisposeAsync() => await _bus.StopAsync();
}
