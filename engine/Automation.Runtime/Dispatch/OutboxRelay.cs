using System.Threading.Channels;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// From the commit to the bus: puts messages of one account and channel together and publishes them, beside the loop. When the bus
/// is slower than the engine for long, it lets go of what it cannot hold; the sweep finds that again in the store.
/// </summary>
public sealed partial class OutboxRelay : IOutboxRelay, IAsyncDisposable
{
    /// <summary>Messages in one envelope; at some hundred bytes each it stays far below what buses like.</summary>
    public const int EnvelopeMax = 500;

    private const int WaitingMax = 1_024;

    private readonly IOutboxBus _bus;
    private readonly IOutboxStore _outbox;
    private readonly EngineMetrics _metrics;
    private readonly ILogger _log;
    private readonly Channel<Handed> _handed = Channel.CreateBounded<Handed>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Dictionary<(string Account, string Channel), List<QueuedMessage>> _groups = [];
    private readonly Task _running;

    public OutboxRelay(IOutboxBus bus, IOutboxStore outbox, EngineMetrics metrics, ILogger<OutboxRelay> log)
    {
        _bus = bus;
        _outbox = outbox;
        _metrics = metrics;
        _log = log;
        _running = Task.Run(RunAsync);
    }

    public void HandOn(IReadOnlyList<OutboxMessage> messages, IReadOnlyList<Guid> again) =>
        _handed.Writer.TryWrite(new Handed(messages, again));

    /// <summary>Publishes what was handed on so far, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _handed.Writer.TryComplete();
        await _running;
    }

    private async Task RunAsync()
    {
        while (await _handed.Reader.WaitToReadAsync())
        {
            try
            {
                while (_handed.Reader.TryRead(out var handed))
                {
                    foreach (var message in handed.Messages)
                    {
                        Group(Queued(message));
                    }
                    if (handed.Again.Count > 0)
                    {
                        foreach (var message in await _outbox.ByIdAsync(handed.Again, CancellationToken.None))
                        {
                            Group(message);
                        }
                    }
                }
                await PublishAsync();
            }
#pragma warning disable CA1031 // A bus that fails must not end the relay: the messages are in the store.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _groups.Clear();
                LogPublishFailed(error);
            }
        }
    }

    private void Group(QueuedMessage message)
    {
        var key = (message.Account, message.Channel);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = []);
        }
        group.Add(message);
    }

    private async ValueTask PublishAsync()
    {
        foreach (var ((account, channel), group) in _groups)
        {
            for (var from = 0; from < group.Count; from += EnvelopeMax)
            {
                var part = group.GetRange(from, Math.Min(EnvelopeMax, group.Count - from));
                await _bus.PublishAsync(new OutboxEnvelope(account, channel, part), CancellationToken.None);
                _metrics.MessagesHandedOn.Add(part.Count);
            }
        }
        _groups.Clear();
    }

    private static QueuedMessage Queued(OutboxMessage message)
    {
        var sent = message.Message;
        return new QueuedMessage(
            sent.Message, message.Contact, 1, sent.Journey, sent.Step, sent.Channel, sent.Account, sent.IsCall, sent.AddressType,
            sent.Address, MessageContent.Json(sent.Content), sent.SendBefore)
        {
            Template = sent.Template, QueuedAt = message.QueuedAt, Trace = message.Trace,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Publishing messages failed; the sweep hands them on again")]
    private partial void LogPublishFailed(Exception error);

    private readonly record struct Handed(IReadOnlyList<OutboxMessage> Messages, IReadOnlyList<Guid> Again);
}
