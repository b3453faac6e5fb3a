using Automation.Bus.Contracts;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;
using NodaTime;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Automation.Bus.Rabbit;

/// <summary>
/// Feeds one partition's engine from its queue. Envelopes go in as they come, so that many are under way and none overtakes another;
/// each is acknowledged when its commit is durable. One that the engine could not commit goes back to the queue's head.
/// </summary>
internal sealed partial class PartitionConsumer : IAsyncDisposable
{
    private static readonly TimeSpan RefusedPause = TimeSpan.FromSeconds(1);

    private readonly int _partition;
    private readonly IEngine _engine;
    private readonly IChannel _channel;
    private readonly DeadLetters _dead;
    private readonly Topology _topology;
    private readonly ILogger _log;
    private readonly EnvelopeBytes _bytes = new();
    private string? _tag;
    private int _underWay;
    private volatile bool _isStopping;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PartitionConsumer(int partition, IEngine engine, IChannel channel, DeadLetters dead, Topology topology, ILogger log)
    {
        _partition = partition;
        _engine = engine;
        _channel = channel;
        _dead = dead;
        _topology = topology;
        _log = log;
    }

    public static async Task<PartitionConsumer> OpenAsync(
        int partition, IEngine engine, RabbitConnection connection, RabbitOptions options, DeadLetters dead, Topology topology, ILogger log,
        CancellationToken cancellation)
    {
        var channel = await connection.ChannelAsync(cancellation);
        await channel.BasicQosAsync(0, (ushort)options.PrefetchMax, global: false, cancellation);
        var made = new PartitionConsumer(partition, engine, channel, dead, topology, log);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => made.TakeAsync(delivery);
        made._tag = await channel.BasicConsumeAsync(topology.Partition(partition), autoAck: false, consumer, cancellation);
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        try
        {
            if (_channel.IsOpen)
            {
                await _channel.BasicCancelAsync(_tag!);
            }
            if (Volatile.Read(ref _underWay) > 0)
            {
                await _idle.Task;
            }
        }
        catch (Exception error) when (error is RabbitMQClientException or IOException)
        {
            // The broker is away: what was under way comes again, and is known then.
        }
        await _channel.DisposeAsync();
    }

    private async Task TakeAsync(BasicDeliverEventArgs delivery)
    {
        if (_isStopping)
        {
            return; // Unacknowledged, it goes to the next owner when this channel closes.
        }
        PartitionEnvelope envelope;
        try
        {
            envelope = _bytes.Unpack(delivery.Body.Span);
        }
        catch (FormatException error)
        {
            await BuryAsync(delivery, error.Message);
            return;
        }
        Interlocked.Increment(ref _underWay);
        if (delivery.BasicProperties.ReplyTo is { } replyTo)
        {
            // Taken before it is decided: a question is answered at most once, for its asker waits and repeats it or not.
            await AcknowledgeAsync(delivery.DeliveryTag);
            _ = AnswerAsync(envelope, replyTo, delivery.BasicProperties.CorrelationId);
        }
        else
        {
            // Not awaited: the engine's inbox keeps the order, and the next envelope may join the same commit.
            _ = CommitAsync(envelope, delivery.DeliveryTag);
        }
    }

    private async Task CommitAsync(PartitionEnvelope envelope, ulong tag)
    {
        try
        {
            await SubmitAsync(envelope);
            await AcknowledgeAsync(tag);
        }
#pragma warning disable CA1031 // Whatever kept it from being committed, the envelope is still the queue's.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotCommitted(error.Message, _partition, envelope.Count);
            await RefuseAsync(tag);
        }
        finally
        {
            Leave();
        }
    }

    private ValueTask<Acknowledgement> SubmitAsync(PartitionEnvelope envelope) => envelope switch
    {
        { Events.Count: > 0 } => _engine.SubmitAsync(envelope.Events),
        { Stimuli.Count: > 0 } => _engine.SubmitAsync(envelope.Stimuli),
        _ => _engine.RecordAsync(envelope.Facts),
    };

    private async Task AnswerAsync(PartitionEnvelope envelope, string replyTo, string? id)
    {
        var properties = new BasicProperties { CorrelationId = id };
        byte[] body = [];
        try
        {
            var done = envelope.Stimuli.Count > 0 ? await _engine.AskAsync(envelope.Stimuli) : await SubmitAsync(envelope);
            body = AnswerBytes.Pack(done);
        }
#pragma warning disable CA1031 // The asker learns that nothing came of it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotCommitted(error.Message, _partition, envelope.Count);
            properties.Headers = new Dictionary<string, object?>
            {
                [Answers.Problem] = error is StoreFullException ? "store_full" : "engine_unavailable",
            };
        }
        try
        {
            await _channel.BasicPublishAsync("", replyTo, mandatory: false, properties, body);
        }
        catch (Exception error) when (error is RabbitMQClientException or IOException or ObjectDisposedException)
        {
            // Whoever asked has gone with the broker's connection.
        }
        finally
        {
            Leave();
        }
    }

    private async Task BuryAsync(BasicDeliverEventArgs delivery, string reason)
    {
        LogUnreadable(_partition, reason);
        try
        {
            await _dead.BuryAsync(
                _topology.Partitions, Topology.RoutingKey(_partition), delivery.Body, reason, SystemClock.Instance.GetCurrentInstant().ToDateTimeOffset());
            await AcknowledgeAsync(delivery.DeliveryTag);
        }
        catch (Exception error) when (error is EngineUnavailableException or EngineFullException)
        {
            await RefuseAsync(delivery.DeliveryTag);
        }
    }

    private async Task AcknowledgeAsync(ulong tag)
    {
        try
        {
            await _channel.BasicAckAsync(tag, multiple: false);
        }
        catch (Exception error) when (error is RabbitMQClientException or IOException or ObjectDisposedException)
        {
            // The channel went away; the envelope comes again and its events are known.
        }
    }

    private async Task RefuseAsync(ulong tag)
    {
        if (_isStopping)
        {
            return;
        }
        // Else a store that is away would have the same envelopes go round as fast as the wire allows.
        await Task.Delay(RefusedPause);
        try
        {
            await _channel.BasicNackAsync(tag, multiple: false, requeue: true);
        }
        catch (Exception error) when (error is RabbitMQClientException or IOException or ObjectDisposedException)
        {
            // The channel went away, and the envelope with it back to the queue.
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0 && _isStopping)
        {
            _idle.TrySetResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An envelope of partition {Partition} with {Count} items was not committed and goes back to its queue: {Problem}")]
    private partial void LogNotCommitted(string problem, int partition, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "An envelope of partition {Partition} cannot be read and is kept with the dead letters: {Problem}")]
    private partial void LogUnreadable(int partition, string problem);
}
