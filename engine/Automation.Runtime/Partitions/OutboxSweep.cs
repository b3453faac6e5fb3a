using Automation.Runtime.Dispatch;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Partitions;

/// <summary>
/// Hands on again what is queued in the store and was lost between the commit and a dispatcher: the worker died before it published, or a
/// dispatcher with messages in its lanes. It runs where partition 0 is owned, and only for queues that have run dry, because
/// what still waits in a queue is not lost.
/// </summary>
public sealed partial class OutboxSweep(IOutboxStore outbox, IOutboxBus bus, Func<string, string, long> depth, DispatchOptions options, ILogger<OutboxSweep> log)
    : IAsyncDisposable
{
    private const int PageSize = 1_000;

    private readonly CancellationTokenSource _stopping = new();
    private HashSet<Guid> _seen = [];
    private Task _running = Task.CompletedTask;

    /// <summary>Whether this process is the one that sweeps now.</summary>
    public Func<bool> IsHere { get; init; } = static () => true;

    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    /// <summary>One pass. A message is handed on when it was queued at the pass before as well.</summary>
    /// <returns>How many it handed on.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation = default)
    {
        var seen = new HashSet<Guid>();
        var lost = new List<QueuedMessage>();
        Guid? after = null;
        while (seen.Count < options.SweepMax)
        {
            var page = await outbox.QueuedAsync(after, PageSize, cancellation);
            foreach (var message in page)
            {
                seen.Add(message.Id);
                if (_seen.Contains(message.Id))
                {
                    lost.Add(message);
                }
            }
            if (page.Count < PageSize)
            {
                break;
            }
            after = page[^1].Id;
        }
        _seen = seen;
        var handed = 0;
        foreach (var lane in lost.GroupBy(message => (message.Account, message.Channel)).Where(lane => depth(lane.Key.Account, lane.Key.Channel) == 0))
        {
            foreach (var part in lane.Chunk(OutboxRelay.EnvelopeMax))
            {
                await bus.PublishAsync(new OutboxEnvelope(lane.Key.Account, lane.Key.Channel, part), cancellation);
                handed += part.Length;
            }
        }
        return handed;
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(options.SweepEvery, _stopping.Token);
                if (!IsHere())
                {
                    _seen = [];
                }
                else if (await SweepAsync(_stopping.Token) is > 0 and var handed)
                {
                    LogHanded(handed);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The sweep is the safety net: it outlives whatever the store or the bus threw.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogSweepFailed(error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} queued messages were in no dispatch queue and are handed on again")]
    private partial void LogHanded(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for queued messages failed; it is tried again")]
    private partial void LogSweepFailed(Exception error);
}
