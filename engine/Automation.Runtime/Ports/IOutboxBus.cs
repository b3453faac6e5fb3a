namespace Automation.Runtime.Ports;

/// <summary>
/// Carries committed messages to the dispatchers, in envelopes of many: a bus charges by the envelope. It may lose one, for
/// the store has what is queued; it may deliver one twice, for a message is claimed before it is sent.
/// </summary>
public interface IOutboxBus
{
    ValueTask PublishAsync(OutboxEnvelope envelope, CancellationToken cancellation);
}

/// <summary>Messages of one account on one channel.</summary>
public sealed record OutboxEnvelope(string Account, string Channel, IReadOnlyList<QueuedMessage> Messages);
