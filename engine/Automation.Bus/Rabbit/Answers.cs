using System.Collections.Concurrent;
using System.Text;
using Automation.Bus.Contracts;
using Automation.Runtime.Loop;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Automation.Bus.Rabbit;

/// <summary>
/// Asks a partition for the facts that a command causes, and waits for the answer. A question is decided at most once: the worker
/// takes it from the queue before it decides, and one that waited longer than its asker is thrown away. So no command is done twice,
/// and whoever gets no answer is told that it may or may not have been done.
/// </summary>
internal sealed class Answers(RabbitConnection connection, RabbitOptions options, Topology topology) : IAsyncDisposable
{
    /// <summary>A header of answers: the code of the problem there was instead.</summary>
    public const string Problem = "problem";

    // RabbitMQ's own address for answers: it needs no queue and dies with this channel.
    private const string Here = "amq.rabbitmq.reply-to";

    private readonly ConcurrentDictionary<string, TaskCompletionSource<Acknowledgement>> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IChannel? _channel;

    public async Task OpenAsync(CancellationToken cancellation)
    {
        _channel = await connection.ConfirmedChannelAsync(cancellation);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            Take(delivery);
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(Here, autoAck: true, consumer, cancellation);
    }

    /// <exception cref="EngineUnavailableException">No answer came in time; the command may have been done or not.</exception>
    public async ValueTask<Acknowledgement> AskAsync(int partition, byte[] envelope, CancellationToken cancellation)
    {
        var channel = _channel is { IsOpen: true } open
            ? open
            : throw new EngineUnavailableException("Expected a connection to the broker, but it is away.");
        var id = Guid.NewGuid().ToString("N");
        var answer = new TaskCompletionSource<Acknowledgement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            var properties = new BasicProperties
            {
                CorrelationId = id,
                ReplyTo = Here,
                Expiration = ((long)options.AnswerTimeout.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
            await _turn.WaitAsync(cancellation);
            try
            {
                await channel.BasicPublishAsync(
                    topology.Partitions, Topology.RoutingKey(partition), mandatory: true, properties, envelope, cancellation);
            }
            finally
            {
                _turn.Release();
            }
            return await answer.Task.WaitAsync(options.AnswerTimeout, cancellation);
        }
        catch (TimeoutException error)
        {
            throw new EngineUnavailableException(
                $"Expected an answer of partition {partition} within {options.AnswerTimeout}, but none came: it may have been done or not.", error);
        }
        catch (Exception error) when (error is RabbitMQ.Client.Exceptions.RabbitMQClientException or IOException)
        {
            throw new EngineUnavailableException("Expected a broker that takes questions, but it does not.", error);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
        {
            await channel.DisposeAsync();
        }
        _turn.Dispose();
    }

    private void Take(BasicDeliverEventArgs delivery)
    {
        if (delivery.BasicProperties.CorrelationId is not { } id || !_waiting.TryGetValue(id, out var answer))
        {
            return; // Its asker has given up.
        }
        if (delivery.BasicProperties.Headers?.TryGetValue(Problem, out var problem) == true)
        {
            var text = problem is byte[] bytes ? Encoding.UTF8.GetString(bytes) : "unknown";
            answer.TrySetException(new EngineUnavailableException($"Expected a decision, but the worker could not commit it: {text}."));
            return;
        }
        try
        {
            answer.TrySetResult(AnswerBytes.Unpack(delivery.Body.Span));
        }
        catch (FormatException error)
        {
            answer.TrySetException(error);
        }
    }
}
