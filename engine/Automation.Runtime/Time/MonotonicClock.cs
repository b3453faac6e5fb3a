using NodaTime;

namespace Automation.Runtime.Time;

/// <summary>
/// The engine's one clock: whole milliseconds, and never back. A wall clock that is set back would make deadlines come twice and
/// facts stand before their causes, so the last moment is held until the wall has caught up.
/// </summary>
public sealed class MonotonicClock(IClock wall, Action<Duration>? heldBack = null) : IClock
{
    // A step this small is two processors disagreeing, not somebody setting the clock.
    private const long ToleratedMilliseconds = 50;

    private long _last = long.MinValue;
    private int _holding;

    /// <summary>How far the wall clock is behind the time that was already given out; zero as a rule.</summary>
    public Duration Behind
    {
        get
        {
            var behind = Interlocked.Read(ref _last) - wall.GetCurrentInstant().ToUnixTimeMilliseconds();
            return behind > 0 ? Duration.FromMilliseconds(behind) : Duration.Zero;
        }
    }

    public Instant GetCurrentInstant()
    {
        var now = wall.GetCurrentInstant().ToUnixTimeMilliseconds();
        var last = Interlocked.Read(ref _last);
        while (now > last)
        {
            var seen = Interlocked.CompareExchange(ref _last, now, last);
            if (seen == last)
            {
                Volatile.Write(ref _holding, 0);
                return Instant.FromUnixTimeMilliseconds(now);
            }
            last = seen;
        }
        if (last - now > ToleratedMilliseconds && Interlocked.Exchange(ref _holding, 1) == 0)
        {
            heldBack?.Invoke(Duration.FromMilliseconds(last - now));
        }
        return Instant.FromUnixTimeMilliseconds(last);
    }
}
