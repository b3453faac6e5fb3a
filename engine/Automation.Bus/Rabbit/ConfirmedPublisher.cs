using Automation.Runtime.Loop;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Automation.Bus.Rabbit;

/// <summary>
/// Publishes and returns when the broker keeps it. A broker that is away, or that refuses because a queue is full, becomes one of the
/// two exceptions that callers of the engine know; in both cases the sender still has what it sent.
/// </summary>
internal sealed class ConfirmedPublisher(RabbitConnection connection, RabbitOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private IChannel? _channel;

    /// <exception cref="EngineUnavailableException">The broker is away, does not answer, or has no such queue.</exception>
    /// <exception cref="EngineFullException">The queue is full.</exception>
    public async Task PublishAsync(
        string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellation = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(options.ConfirmTimeout);
        try
        {
            var channel = await ChannelAsync(timeout.Token);
            await channel.BasicPublishAsync(exchange, routingKey, mandatory: true, properties, body, timeout.Token);
        }
        catch (PublishException refused) when (!refused.IsReturn)
        {
            throw new EngineFullException("Expected room in the queue, but it is full; nothing of it was kept.", refused);
        }
        catch (PublishException returned)
        {
            throw new EngineUnavailableException($"Expected a queue behind {exchange}/{routingKey}, but there is none.", returned);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new EngineUnavailableException($"Expected the broker's confirmation within {options.ConfirmTimeout}, but none came.", error);
        }
        catch (Exception error) when (error is RabbitMQClientException or IOException or ObjectDisposedException or TimeoutException)
        {
            throw new EngineUnavailableException("Expected a broker that takes envelopes, but it is away.", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
        {
            await channel.DisposeAsync();
        }
        _opening.Dispose();
    }

    private async ValueTask<IChannel> ChannelAsync(CancellationToken cancellation)
    {
        if (_channel is { IsOpen: true } open)
        {
            return open;
        }
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_channel is { IsOpen: true } opened)
            {
                return opened;
            }
            if (!connection.IsOpen)
            {
                throw new EngineUnavailableException("Expected a connection to the broker, but it is away.");
            }
            return _channel = await connection.ConfirmedChannelAsync(cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }
}
