using Automation.Runtime.Dispatch;
using Automation.Runtime.Holds;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Partitions;

/// <summary>
/// Hands on again what is queued in the store and was lost between the commit and a dispatcher: the worker died before it published, or a
/// dispatcher with messages in its lanes. It runs where partition 0 is owned, and only for queues that have run dry, because
/// what still waits in a queue is not lost.
/// </summary>
public sealed partial class OutboxSweep(
    IOutboxStore outbox, IOutboxBus bus, Func<string, string, long> depth, HoldBook holds, DispatchOptions options, ILogger<OutboxSweep> log)
    : IAsyncDisposable
{
    private const int PageSize = 1_000;

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _told = new(0, 1);
    private readonly List<HoldTarget> _released = [];
    private HashSet<Guid> _seen = [];
    private HashSet<Guid> _seeing = [];
    private Guid? _after;
    private Task _running = Task.CompletedTask;

    /// <summary>Whether this process is the one that sweeps now.</summary>
    public Func<bool> IsHere { get; init; } = static () => true;

    public void Start()
    {
        holds.Released += TakeReleased;
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        holds.Released -= TakeReleased;
        await _stopping.CancelAsync();
        await _running;
        _told.Dispose();
        _stopping.Dispose();
    }

    /// <summary>
    /// One pass. A message is handed on when it was queued the last time this place was looked at as well. What a person holds back is left
    /// where it is; behind many of those the next pass goes on where this one ended.
    /// </summary>
    /// <returns>How many it handed on.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation = default)
    {
        var lost = new List<QueuedMessage>();
        for (var looked = 0; looked < options.SweepMax;)
        {
            var page = await outbox.QueuedAsync(_after, PageSize, cancellation);
            looked += page.Count;
            foreach (var message in page.Where(message => holds.Holding(message) is null))
            {
                _seeing.Add(message.Id);
                if (_seen.Contains(message.Id))
                {
                    lost.Add(message);
                }
            }
            _after = page.Count == PageSize && _seeing.Count < options.SweepMax ? page[^1].Id : null;
            if (_after is null)
            {
                (_seen, _seeing) = (_seeing, []);
                break;
            }
        }
        return await PublishAsync(lost.GroupBy(Lane).Where(lane => depth(lane.Key.Account, lane.Key.Channel) == 0), cancellation);
    }

    /// <summary>
    /// Hands on all that waited under these holds and is held no more, whatever else is on its way: dispatchers let it fall, and so would
    /// look at it again only when everything else has gone.
    /// </summary>
    /// <returns>How many it handed on.</returns>
    public async Task<int> HandOnReleasedAsync(IReadOnlyList<HoldTarget> released, CancellationToken cancellation = default)
    {
        var handed = 0;
        Guid? after = null;
        while (true)
        {
            var page = await outbox.QueuedAsync(after, PageSize, cancellation);
            handed += await PublishAsync(
                page.Where(message => released.Any(target => target.Covers(message)) && holds.WaitedUntil(message) is not null && holds.Holding(message) is null).GroupBy(Lane),
                cancellation);
            if (page.Count < PageSize)
            {
                return handed;
            }
            after = page[^1].Id;
        }
    }

    private static (string Account, string Channel) Lane(QueuedMessage message) => (message.Account, message.Channel);

    private async Task<int> PublishAsync(IEnumerable<IGrouping<(string Account, string Channel), QueuedMessage>> lanes, CancellationToken cancellation)
    {
        var handed = 0;
        foreach (var lane in lanes)
        {
            foreach (var part in lane.Chunk(OutboxRelay.EnvelopeMax))
            {
                await bus.PublishAsync(new OutboxEnvelope(lane.Key.Account, lane.Key.Channel, part), cancellation);
                handed += part.Length;
            }
        }
        return handed;
    }

    private void TakeReleased(IReadOnlyList<HoldTarget> released)
    {
        lock (_released)
        {
            _released.AddRange(released);
        }
        try
        {
            _told.Release();
        }
        catch (Exception error) when (error is SemaphoreFullException or ObjectDisposedException)
        {
            // It looks already, or the process stops.
        }
    }

    // Whoever does not sweep forgets them: the process that does was told as well, and a new one begins with all that is lost.
    private HoldTarget[] NewlyReleased()
    {
        lock (_released)
        {
            HoldTarget[] released = [.. _released];
            _released.Clear();
            return released;
        }
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _told.WaitAsync(options.SweepEvery, _stopping.Token);
                var released = NewlyReleased();
                if (!IsHere())
                {
                    (_seen, _seeing, _after) = ([], [], null);
                    continue;
                }
                if (released.Length > 0 && await HandOnReleasedAsync(released, _stopping.Token) is > 0 and var waited)
                {
                    LogReleased(waited);
                }
                if (await SweepAsync(_stopping.Token) is > 0 and var handed)
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

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} messages that waited under a hold are handed on")]
    private partial void LogReleased(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} queued messages were in no dispatch queue and are handed on again")]
    private partial void LogHanded(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for queued messages failed; it is tried again")]
    private partial void LogSweepFailed(Exception error);
}
