using System.Diagnostics;
using Automation.Connectors;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Dispatch;

/// <summary>A lane's part in its account's rate. At each of the two doors one worker waits at a time; the others stand behind it in order and cost nothing.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing.
internal sealed class LanePace(string lane, IRateLimits limits)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _taking = new(1, 1);
    private readonly SemaphoreSlim _entering = new(1, 1);
    private readonly UsualCall _calls = new();

    /// <summary>Waits until some may go.</summary>
    /// <param name="wanted">Asked again with each try: more may have come.</param>
    public async ValueTask<int> TakeAsync(double perSecond, Func<int> wanted, CancellationToken cancellation)
    {
        await _taking.WaitAsync(cancellation);
        try
        {
            while (true)
            {
                var (granted, wait) = await limits.TakeAsync(lane, perSecond, Math.Max(1, wanted()), cancellation);
                if (granted > 0)
                {
                    return granted;
                }
                await Task.Delay(wait, cancellation);
            }
        }
        finally
        {
            _taking.Release();
        }
    }

    public ValueTask ReturnAsync(double perSecond, int unused) =>
        unused == 0 ? ValueTask.CompletedTask : limits.ReturnAsync(lane, perSecond, unused);

    /// <summary>Makes a call as soon as its messages may reach the vendor.</summary>
    /// <param name="perSecond">Null where there is no limit.</param>
    /// <exception cref="ConnectorNotSentException">There was no room before the call's own time was over.</exception>
    public async ValueTask<T> CallAsync<T>(double? perSecond, int count, Func<Task<T>> call, CancellationToken ending)
    {
        if (perSecond is not { } rate)
        {
            return await call();
        }
        RateEntry entry;
        long entered;
        try
        {
            (entry, entered) = await EnterAsync(rate, count, ending);
        }
        catch (OperationCanceledException error)
        {
            throw new ConnectorNotSentException(FailureReason.RetryLater, "Expected room in the account's rate before the process stopped, but there was none.", inner: error);
        }
        try
        {
            return await call();
        }
        finally
        {
            if (_calls.Late(Stopwatch.GetElapsedTime(entered), Environment.TickCount64) is var late && late > TimeSpan.Zero)
            {
                await limits.LateAsync(lane, rate, entry, late);
            }
        }
    }

    private async ValueTask<(RateEntry Entry, long At)> EnterAsync(double perSecond, int count, CancellationToken cancellation)
    {
        await _entering.WaitAsync(cancellation);
        try
        {
            while (true)
            {
                var entry = await limits.EnterAsync(lane, perSecond, count, cancellation);
                if (entry.Wait == TimeSpan.Zero)
                {
                    // From here on: where the machine is busy, it may be a while until the call itself begins.
                    return (entry, Stopwatch.GetTimestamp());
                }
                await Task.Delay(entry.Wait, cancellation);
            }
        }
        finally
        {
            _entering.Release();
        }
    }
}
