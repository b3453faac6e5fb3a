using NodaTime;

namespace Automation.Runtime.Time;

/// <summary>A clock that stands until somebody moves it: the simulator's, and the tests'.</summary>
public sealed class VirtualClock(Instant start) : IClock
{
    private long _milliseconds = start.ToUnixTimeMilliseconds();

    public Instant GetCurrentInstant() => Instant.FromUnixTimeMilliseconds(Interlocked.Read(ref _milliseconds));

    /// <summary>Sets the time; it may go back, as real clocks do.</summary>
    public void Set(Instant now) => Interlocked.Exchange(ref _milliseconds, now.ToUnixTimeMilliseconds());

    public void Advance(Duration by) => Interlocked.Add(ref _milliseconds, (long)by.TotalMilliseconds);
}
