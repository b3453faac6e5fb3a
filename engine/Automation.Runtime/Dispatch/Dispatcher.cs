using System.Collections.Concurrent;
using Automation.Core.Deciding;
using Automation.Runtime.Holds;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// Brings messages to their vendors. It takes envelopes from the bus into one lane for each account and channel, and finds again
/// in the store what the bus lost or a lane had no room for.
/// </summary>
public sealed partial class Dispatcher : IAsyncDisposable
{
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(20);

    private readonly DispatchOptions _options;
    private readonly IEngine _engine;
    private readonly IRateLimits _limits;
    private readonly HoldBook _holds;
    private readonly Recovery _recovery;
    private readonly IOutboxStore _outbox;
    private readonly ConnectorRegistry _connectors;
    private readonly EngineMetrics _metrics;
    private readonly ILogger _log;
    private readonly OutcomeDesk _outcomes;
    private readonly Inquiries _inquiries;
    private readonly ConcurrentDictionary<(string Account, string Channel), Lazy<AccountLane>> _lanes = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _room = new(0, 1);
    private Task _sweeping = Task.CompletedTask;
    private Guid? _sweptTo;
    private volatile bool _isOpen;
    private volatile bool _fromStart;

    /// <param name="holds">What people hold back.</param>
    /// <param name="limits">Shared by all dispatchers; without it each process keeps to the rates by itself.</param>
    public Dispatcher(
        DispatchOptions options, IEngine engine, IOutboxStore outbox, ConnectorRegistry connectors, HoldBook holds, EngineMetrics metrics,
        ILogger<Dispatcher> log, IRateLimits? limits = null)
    {
        _options = options;
        _engine = engine;
        _limits = limits ?? new ProcessRateLimits();
        _holds = holds;
        _outbox = outbox;
        _connectors = connectors;
        _metrics = metrics;
        _log = log;
        connectors.Renewed += LetOneTry;
        holds.Released += TakeReleased;
        _recovery = new Recovery(engine, outbox, connectors, holds, log);
        _outcomes = new OutcomeDesk(engine, options.RetryEvery, Settled, log);
        _inquiries = new Inquiries(options, engine, outbox, connectors, log);
    }

    /// <summary>Messages in memory that wait for their call, by account and channel.</summary>
    public IEnumerable<(string Account, string Channel, int Waiting)> Lanes =>
        _lanes.Values.Where(lane => lane.IsValueCreated).Select(lane => (lane.Value.Account, lane.Value.ChannelKey, lane.Value.Waiting));

    /// <summary>Accounts whose messages wait because their configuration is wrong.</summary>
    public IReadOnlyList<LaneHold> Holds =>
    [
        .. _lanes.Values.Where(lane => lane.IsValueCreated).Select(lane => lane.Value.Hold).OfType<LaneHold>()
            .OrderBy(hold => hold.Account, StringComparer.Ordinal).ThenBy(hold => hold.Channel, StringComparer.Ordinal),
    ];

    /// <summary>Settles what an earlier process left behind, and opens.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        await _recovery.RunAsync(cancellation);
        _isOpen = true;
        await SweepAsync(cancellation);
        _sweeping = Task.Run(KeepSweepingAsync, CancellationToken.None);
        _inquiries.Start();
    }

    /// <summary>From the bus. Returns at once: a lane without room leaves its messages to the sweep.</summary>
    public void Accept(OutboxEnvelope envelope)
    {
        // Before it is open, recovery would take our own calls for an earlier process's; the sweep finds these messages again.
        if (!_isOpen)
        {
            return;
        }
        var lane = Lane(envelope.Account, envelope.Channel);
        foreach (var message in envelope.Messages)
        {
            lane.Accept(message);
        }
    }

    /// <summary>From a bus that keeps envelopes until they are taken: returns when the lane has room for the next one, or when it ends.</summary>
    public async Task AcceptAsync(OutboxEnvelope envelope, CancellationToken cancellation)
    {
        Accept(envelope);
        while (_isOpen && !cancellation.IsCancellationRequested && Lane(envelope.Account, envelope.Channel).Waiting > _options.LaneMax / 2)
        {
            await Task.Delay(FullPause, cancellation).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Settles what a dispatcher that died was sending; the store names it.</summary>
    public Task RecoverAsync(CancellationToken cancellation) => _recovery.RunAsync(cancellation);

    /// <summary>Hands on what is queued in the store and in no lane. One pass goes on where the last one ended.</summary>
    /// <returns>How many messages it saw.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation = default)
    {
        const int page = 1_000;
        var seen = 0;
        if (_fromStart)
        {
            (_fromStart, _sweptTo) = (false, null);
            await _recovery.ResumeAsync(cancellation);
        }
        while (seen < _options.SweepMax)
        {
            var queued = await _outbox.QueuedAsync(_sweptTo, page, cancellation);
            foreach (var message in queued)
            {
                Lane(message.Account, message.Channel).Accept(message);
            }
            seen += queued.Count;
            _sweptTo = queued.Count == page ? queued[^1].Id : null;
            if (queued.Count < page)
            {
                break;
            }
        }
        return seen;
    }

    /// <summary>Asks vendors about all that is due to be asked now: pulled receipts and unknown outcomes. It runs by itself; this is for tests and tools.</summary>
    /// <returns>How many messages had news.</returns>
    public Task<int> InquireAsync(CancellationToken cancellation = default) => _inquiries.AskAsync(cancellation);

    /// <summary>Asks vendors about these unknown outcomes now, because a person wants to know.</summary>
    /// <returns>How many could be asked about, and how many had news.</returns>
    public Task<(int Asked, int News)> InquireAsync(IReadOnlyList<MessageRow> messages, string actor, CancellationToken cancellation = default) =>
        _inquiries.AskAsync(messages, actor, cancellation);

    /// <summary>Lets calls under way end, and records their outcomes. What was not claimed stays queued.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }
        _isOpen = false;
        _connectors.Renewed -= LetOneTry;
        _holds.Released -= TakeReleased;
        await _stopping.CancelAsync();
        await _sweeping;
        await _inquiries.DisposeAsync();
        var lanes = _lanes.Values.Where(lane => lane.IsValueCreated).Select(lane => lane.Value.Ended);
        await Task.WhenAny(Task.WhenAll(lanes), Task.Delay(_options.StopGrace));
        await _outcomes.DisposeAsync();
        _stopping.Dispose();
        _room.Dispose();
    }

    private AccountLane Lane(string account, string channel) => _lanes.GetOrAdd(
        (account, channel),
        static (key, self) => new Lazy<AccountLane>(() => self.Open(key.Account, key.Channel)),
        this).Value;

    private AccountLane Open(string account, string channel)
    {
        using var lease = _connectors.Lease(account);
        var batchSizeMax = lease?.Manifest.Channel(channel)?.Limits.BatchSizeMax ?? 1;
        return new AccountLane(
            account, channel, batchSizeMax, _options, _engine, _connectors, _outcomes, _limits, _holds, _metrics, _log, HasRoom, _stopping.Token);
    }

    private void LetOneTry(string account)
    {
        foreach (var ((owner, _), lane) in _lanes)
        {
            if (owner == account && lane.IsValueCreated)
            {
                lane.Value.LetOneTry();
            }
        }
    }

    // What waited may stand anywhere in the store, so the next pass begins at its beginning.
    private void TakeReleased(IReadOnlyList<HoldTarget> released)
    {
        _fromStart = true;
        HasRoom();
    }

    private void Settled(IReadOnlyList<Addressed> outcomes)
    {
        foreach (var (_, stimulus) in outcomes)
        {
            var message = ((Stimulus.OutcomeReported)stimulus).Outcome.Message;
            foreach (var lane in _lanes.Values)
            {
                lane.Value.Release(message);
            }
        }
    }

    private void HasRoom()
    {
        try
        {
            _room.Release();
        }
        catch (Exception error) when (error is SemaphoreFullException or ObjectDisposedException)
        {
            // The sweep is on its way already, or the process stops.
        }
    }

    private async Task KeepSweepingAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _room.WaitAsync(_options.SweepEvery, _stopping.Token);
                await SweepAsync(_stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The sweep is the safety net: it outlives whatever the store threw.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogSweepFailed(error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for queued messages failed; it is tried again")]
    private partial void LogSweepFailed(Exception error);
}
