using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Automation.Bus.Rabbit;

/// <summary>How much waits in each queue, asked for a few times a second: back-pressure and metrics need it, and a publisher never learns it.</summary>
internal sealed partial class QueueDepths : IAsyncDisposable
{
    private readonly RabbitConnection _connection;
    private readonly RabbitOptions _options;
    private readonly Func<IEnumerable<string>> _queues;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<string, long> _depths = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Meter _meter = new(BusMeter.Name);
    private Task _running = Task.CompletedTask;

    public QueueDepths(RabbitConnection connection, RabbitOptions options, Func<IEnumerable<string>> queues, ILogger log)
    {
        _connection = connection;
        _options = options;
        _queues = queues;
        _log = log;
        _meter.CreateObservableGauge(
            "automation.queue.depth",
            () => _depths.Select(one => new Measurement<long>(one.Value, new KeyValuePair<string, object?>("queue", one.Key))),
            "{envelope}", "Envelopes that wait in a queue of the broker");
    }

    /// <summary>Waiting in the queue when it was last asked; 0 for one that was never asked for.</summary>
    public long Of(string queue) => _depths.GetValueOrDefault(queue);

    public IEnumerable<KeyValuePair<string, long>> All => _depths;

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Asks now.</summary>
    public async Task MeasureAsync(CancellationToken cancellation)
    {
        IChannel? channel = null;
        try
        {
            foreach (var queue in _queues())
            {
                channel ??= await _connection.ChannelAsync(cancellation);
                try
                {
                    _depths[queue] = await channel.MessageCountAsync(queue, cancellation);
                }
                catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
                {
                    // The broker closes the channel over a queue that is not there; the others are asked on another one.
                    _depths.TryRemove(queue, out _);
                    await channel.DisposeAsync();
                    channel = null;
                }
            }
        }
        finally
        {
            if (channel is not null)
            {
                await channel.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _meter.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (_connection.IsOpen)
                {
                    await MeasureAsync(_stopping.Token);
                }
                await Task.Delay(_options.MeasureEvery, _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Measuring outlives whatever the broker does; the last figures stand meanwhile.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogNotMeasured(error.Message);
                await Task.Delay(_options.MeasureEvery, _stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The queues could not be measured: {Problem}")]
    private partial void LogNotMeasured(string problem);
}
