using Automation.Core.Contacts;
using Automation.Runtime.Loop;
using Microsoft.Extensions.Logging;
using NodaTime;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Automation.Bus.Rabbit;

/// <summary>What a message of the ingress says.</summary>
/// <param name="Problems">Why some or all of it are no events; the message is kept with the dead letters then.</param>
public sealed record IngressReading(IReadOnlyList<ContactEvent> Events, IReadOnlyList<string> Problems);

/// <param name="messageId">The message's own id in the broker's words, where its sender gave one.</param>
public delegate IngressReading IngressRead(ReadOnlyMemory<byte> body, string? messageId);

/// <summary>
/// From <c>automation.ingress</c> to the partitions: reads what any system published there as if it had come over HTTP, and
/// acknowledges when the broker keeps the events in their partitions' queues. Any number of processes may do this side by side.
/// </summary>
internal sealed partial class IngressConsumer : IAsyncDisposable
{
    private const ushort PrefetchMax = 500;
    private static readonly TimeSpan RefusedPause = TimeSpan.FromSeconds(1);

    private readonly IChannel _channel;
    private readonly IEngine _engine;
    private readonly IngressRead _read;
    private readonly DeadLetters _dead;
    private readonly Topology _topology;
    private readonly ILogger _log;

    private IngressConsumer(
        IChannel channel, IEngine engine, IngressRead read, DeadLetters dead, Topology topology, ILogger log)
    {
        _channel = channel;
        _engine = engine;
        _read = read;
        _dead = dead;
        _topology = topology;
        _log = log;
    }

    public static async Task<IngressConsumer> OpenAsync(
        RabbitConnection connection, IEngine engine, IngressRead read, DeadLetters dead, Topology topology,
        ILogger log, CancellationToken cancellation)
    {
        var channel = await connection.ChannelAsync(cancellation);
        await channel.BasicQosAsync(0, PrefetchMax, global: false, cancellation);
        var made = new IngressConsumer(channel, engine, read, dead, topology, log);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            // The body is the client's again after this returns, and reading it must keep the order: both are done before the first wait.
            _ = made.TakeAsync(delivery);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(topology.Ingress, autoAck: false, consumer, cancellation);
        return made;
    }

    /// <summary>What is under way and not acknowledged is somebody else's then; its events are known by their ids.</summary>
    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private async Task TakeAsync(BasicDeliverEventArgs delivery)
    {
        var tag = delivery.DeliveryTag;
        try
        {
            var reading = _read(delivery.Body, delivery.BasicProperties.MessageId);
            var body = reading.Problems.Count > 0 ? delivery.Body.ToArray() : [];
            if (reading.Events.Count > 0)
            {
                await _engine.SubmitAsync(reading.Events);
            }
            if (reading.Problems.Count > 0)
            {
                LogRefused(reading.Problems.Count, reading.Problems[0]);
                await _dead.BuryAsync(
                    _topology.Ingress, delivery.RoutingKey, body, string.Join(' ', reading.Problems.Take(10)),
                    SystemClock.Instance.GetCurrentInstant().ToDateTimeOffset());
            }
            await _channel.BasicAckAsync(tag, multiple: false);
        }
#pragma warning disable CA1031 // Whatever kept it from being forwarded, the message is still the queue's.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotForwarded(error.Message);
            await GiveBackAsync(tag);
        }
    }

    private async Task GiveBackAsync(ulong tag)
    {
        await Task.Delay(RefusedPause);
        try
        {
            await _channel.BasicNackAsync(tag, multiple: false, requeue: true);
        }
        catch (Exception error) when (error is RabbitMQClientException or IOException or ObjectDisposedException)
        {
            // The channel went away, and the message with it back to the queue.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events from the ingress are none, and are kept with the dead letters: {Problem}")]
    private partial void LogRefused(int count, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message from the ingress could not be forwarded and goes back to its queue: {Problem}")]
    private partial void LogNotForwarded(string problem);
}
