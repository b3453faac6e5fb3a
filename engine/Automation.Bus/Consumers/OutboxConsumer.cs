using Automation.Bus.Contracts;
using Automation.Runtime.Ports;
using MassTransit;

namespace Automation.Bus.Consumers;

/// <summary>Unpacks envelopes for the dispatcher.</summary>
internal sealed class OutboxConsumer(Action<OutboxEnvelope> accept) : IConsumer<OutboxHandedOn>
{
    public Task Consume(ConsumeContext<OutboxHandedOn> context)
    {
        var envelope = context.Message;
        accept(new OutboxEnvelope(envelope.Account, envelope.Channel, MessageBytes.Unpack(envelope)));
        return Task.CompletedTask;
    }
}
