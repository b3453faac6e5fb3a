using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Automation.Runtime.Timers;

/// <summary>
/// Brings due contacts to the loop. It looks a second ahead, so that an idle engine asks the store once a second and a due contact
/// is still in the loop within one granule of its time. A contact is on its way once at a time.
/// </summary>
public sealed partial class TimerPump : IDisposable
{
    private static readonly Duration Horizon = Duration.FromSeconds(1);

    private readonly EngineOptions _options;
    private readonly IEngineStore _store;
    private readonly IClock _clock;
    private readonly EngineHost _engine;
    private readonly ILogger _log;
    private readonly HashSet<long> _onTheirWay = [];
    private readonly CancellationTokenSource _stopping = new();
    private long _nextLook = long.MinValue;
    private Task _running = Task.CompletedTask;

    internal TimerPump(EngineOptions options, IEngineStore store, IClock clock, EngineHost engine, ILogger log)
    {
        _options = options;
        _store = store;
        _clock = clock;
        _engine = engine;
        _log = log;
    }

    /// <summary>Told by each commit: some contact is due then. Any thread.</summary>
    public void DueAt(Instant due)
    {
        var at = due.ToUnixTimeMilliseconds();
        var next = Interlocked.Read(ref _nextLook);
        while (at < next)
        {
            var seen = Interlocked.CompareExchange(ref _nextLook, at, next);
            if (seen == next)
            {
                return;
            }
            next = seen;
        }
    }

    public void Start() => _running = Task.Run(RunAsync);

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Decides everything that is due now, and returns when that is committed. For the virtual clock of tests and tools.</summary>
    /// <returns>How many contacts were due.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellation = default)
    {
        var all = 0;
        while (true)
        {
            var due = await _store.DueContactsAsync(_clock.GetCurrentInstant(), _options.TimerBatchMax, cancellation);
            if (due.Count == 0)
            {
                return all;
            }
            await _engine.SubmitDueAsync([.. due.Select(contact => contact.Id)], cancellation);
            all += due.Count;
        }
    }

    private async Task RunAsync()
    {
        var sent = new Queue<Task>();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                while (sent.TryPeek(out var first) && (first.IsCompleted || sent.Count > 1))
                {
                    await first;
                    _ = sent.Dequeue();
                }
                if (_clock.GetCurrentInstant().ToUnixTimeMilliseconds() < Interlocked.Read(ref _nextLook) || !await LookAsync(sent))
                {
                    await Task.Delay(_options.TimerGranularity, _stopping.Token);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Timers must outlive whatever the store or the loop threw.
            catch (Exception error)
#pragma warning restore CA1031
            {
                sent.Clear();
                Interlocked.Exchange(ref _nextLook, long.MinValue);
                LogLookFailed(error);
                await Task.Delay(_options.RetryDelayMax, _stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <returns>Whether a full envelope was due, so that there may be more at once.</returns>
    private async ValueTask<bool> LookAsync(Queue<Task> sent)
    {
        var now = _clock.GetCurrentInstant();
        int busy;
        lock (_onTheirWay)
        {
            busy = _onTheirWay.Count;
        }
        // Before the question, so that a commit that lowers it meanwhile is not overwritten.
        Interlocked.Exchange(ref _nextLook, (now + Horizon).ToUnixTimeMilliseconds());
        var limit = _options.TimerBatchMax + busy;
        var found = await _store.DueContactsAsync(now + Horizon, limit, _stopping.Token);
        var due = new List<long>(found.Count);
        lock (_onTheirWay)
        {
            foreach (var contact in found)
            {
                if (contact.DueAt > now)
                {
                    DueAt(contact.DueAt);
                    break;
                }
                if (_onTheirWay.Add(contact.Id))
                {
                    due.Add(contact.Id);
                }
            }
        }
        if (due.Count > 0)
        {
            sent.Enqueue(SendAsync(due));
        }
        if (found.Count == limit)
        {
            DueAt(now);
        }
        return due.Count > 0;
    }

    private async Task SendAsync(List<long> due)
    {
        try
        {
            await _engine.SubmitDueAsync(due, CancellationToken.None);
        }
        finally
        {
            lock (_onTheirWay)
            {
                _onTheirWay.ExceptWith(due);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for due contacts failed; it is tried again")]
    private partial void LogLookFailed(Exception error);
}
