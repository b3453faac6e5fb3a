using Automation.Bus.Contracts;
using Automation.Runtime.Ports;
using MassTransit;

namespace Automation.Bus.Consumers;

/// <summary>Unpacks envelopes for the dispatcher.</summary>
/// <param name="accept">Returns when there is room for the next.</param>
internal sealed class OutboxConsumer(Func<OutboxEnvelope, CancellationToken, Task> accept, CancellationToken stopping) : IConsumer<OutboxHandedOn>
{
    public Task Consume(ConsumeContext<OutboxHandedOn> context)
    {
        var envelope = context.Message;
        return accept(new OutboxEnvelope(envelope.Account, envelope.Channel, MessageBytes.Unpack(envelope)), stopping);
    }
}
