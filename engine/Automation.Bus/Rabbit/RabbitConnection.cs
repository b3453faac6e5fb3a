using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Automation.Bus.Rabbit;

/// <summary>
/// One connection to the broker for everything of a process that MassTransit has no word for. It waits for a broker that is not there
/// yet, and comes back by itself with its channels and consumers when the broker went away.
/// </summary>
internal sealed partial class RabbitConnection : IAsyncDisposable
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    private readonly ConnectionFactory _factory;
    private readonly List<AmqpTcpEndpoint> _hosts;
    private readonly ILogger _log;
    private IConnection? _connection;

    public RabbitConnection(RabbitOptions options, string name, ILogger log)
    {
        _log = log;
        var addresses = options.Uri.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _factory = new ConnectionFactory
        {
            Uri = new Uri(addresses[0]),
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = true,
            TopologyRecoveryEnabled = true,
            NetworkRecoveryInterval = RetryEvery,
            RequestedHeartbeat = options.Heartbeat,
            ContinuationTimeout = options.ConfirmTimeout,
        };
        _hosts = [.. addresses.Select(address => new AmqpTcpEndpoint(new Uri(address)))];
    }

    public bool IsOpen => _connection?.IsOpen == true;

    public async Task OpenAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                _connection = await _factory.CreateConnectionAsync(_hosts, cancellation);
                return;
            }
            catch (BrokerUnreachableException error)
            {
                LogNotReached(error.InnerException?.Message ?? error.Message);
                await Task.Delay(RetryEvery, cancellation);
            }
        }
    }

    public Task<IChannel> ChannelAsync(CancellationToken cancellation) => Open.CreateChannelAsync(cancellationToken: cancellation);

    /// <summary>A channel whose publishing returns when the broker has the message safe, and throws when it refused it.</summary>
    public Task<IChannel> ConfirmedChannelAsync(CancellationToken cancellation) => Open.CreateChannelAsync(
        new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }
    }

    private IConnection Open => _connection ?? throw new InvalidOperationException("Expected an open connection, but OpenAsync was not called.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker cannot be reached, and is tried again: {Problem}")]
    private partial void LogNotReached(string problem);
}
