namespace Automation.Connectors.Sandbox;

/// <summary>
/// Receipts that are on their way. The delay is the same for all, so a queue in order of arrival is in order of time, and one
/// timer serves it, however many messages are out. Receipts under way when the process stops are lost, as they are with vendors.
/// </summary>
internal sealed class SandboxReceipts : IAsyncDisposable
{
    /// <summary>Receipts waiting at most; what comes on top is lost, with a warning.</summary>
    private const int WaitingMax = 500_000;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _delay;
    private readonly ConnectorServices _services;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset Due, IReadOnlyList<Receipt> Receipts)> _waiting = new();
    private int _waitingCount;
    private bool _publishing;
    private bool _closed;

    public SandboxReceipts(TimeSpan delay, ConnectorServices services)
    {
        _delay = delay;
        _services = services;
        _timer = services.Time.CreateTimer(_ => _ = PublishDueAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(IReadOnlyList<Receipt> receipts)
    {
        lock (_lock)
        {
            if (_waitingCount + receipts.Count > WaitingMax)
            {
                _services.Log(
                    ConnectorLogLevel.Warning, "Expected fewer receipts on their way; the sandbox lost some.", null);
                return;
            }

            _waiting.Enqueue((_services.Time.GetUtcNow() + _delay, receipts));
            _waitingCount += receipts.Count;
            if (_waiting.Count == 1 && !_publishing && !_closed)
            {
                _timer.Change(_delay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private async Task PublishDueAsync()
    {
        if (!TryBegin())
        {
            return;
        }

        var next = RetryDelay;
        try
        {
            while (TryPeekDue(out var receipts))
            {
                await _services.PublishReceipts(receipts);
                Remove();
            }

            next = TimeSpan.Zero;
        }
        catch (Exception e)
        {
            // The receipts stay at the head of the queue and are offered again.
            _services.Log(ConnectorLogLevel.Warning, "Expected the engine to take receipts, but it refused; offered again.", e);
        }
        finally
        {
            End(next);
        }
    }

    private bool TryBegin()
    {
        lock (_lock)
        {
            if (_publishing || _closed)
            {
                return false;
            }

            return _publishing = true;
        }
    }

    private bool TryPeekDue(out IReadOnlyList<Receipt> receipts)
    {
        lock (_lock)
        {
            var isDue = !_closed && _waiting.TryPeek(out var head) && head.Due <= _services.Time.GetUtcNow();
            receipts = isDue ? _waiting.Peek().Receipts : [];
            return isDue;
        }
    }

    private void Remove()
    {
        lock (_lock)
        {
            _waitingCount -= _waiting.Dequeue().Receipts.Count;
        }
    }

    private void End(TimeSpan notBefore)
    {
        lock (_lock)
        {
            _publishing = false;
            if (_closed || !_waiting.TryPeek(out var head))
            {
                return;
            }

            var wait = head.Due - _services.Time.GetUtcNow();
            _timer.Change(wait > notBefore ? wait : notBefore, Timeout.InfiniteTimeSpan);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closed = true;
        }

        await _timer.DisposeAsync();
    }
}
