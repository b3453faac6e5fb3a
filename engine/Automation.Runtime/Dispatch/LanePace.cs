using System.Diagnostics;
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

    /// <summary>Waits until the messages of a call may reach the vendor.</summary>
    public async ValueTask<Entered> EnterAsync(double perSecond, int count, CancellationToken cancellation)
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
                    return new Entered(entry, Stopwatch.GetTimestamp());
                }
                await Task.Delay(entry.Wait, cancellation);
            }
        }
        finally
        {
            _entering.Release();
        }
    }

    /// <summary>The call of an entry came back.</summary>
    public ValueTask EndAsync(double perSecond, Entered entered)
    {
        var late = _calls.Late(Stopwatch.GetElapsedTime(entered.At), Environment.TickCount64);
        return late > TimeSpan.Zero ? limits.LateAsync(lane, perSecond, entered.Entry, late) : ValueTask.CompletedTask;
    }

    /// <param name="At">A timestamp of the stopwatch.</param>
    internal readonly record struct Entered(RateEntry Entry, long At);
}
