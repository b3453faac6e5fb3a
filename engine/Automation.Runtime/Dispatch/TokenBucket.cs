namespace Automation.Runtime.Dispatch;

/// <summary>
/// Keeps an account within its vendor's messages a second. Tokens spread messages evenly over a long time; places, as many as the rate,
/// keep it in every second, wherever it begins. Time is an argument, in milliseconds of any steady clock.
/// </summary>
internal sealed class TokenBucket
{
    private readonly Lock _gate = new();
    private readonly double _rate;
    private readonly int _places;
    private readonly Queue<(double Until, int Count)> _inWindow = new();
    private int _occupied;
    private double _tokens;
    private double _last;

    public TokenBucket(double messagesPerSecond, double now)
    {
        _rate = messagesPerSecond;
        _places = RatePolicy.Places(messagesPerSecond);
        _tokens = RatePolicy.SavedUp(messagesPerSecond);
        _last = now;
    }

    /// <returns>How many may go now, a call's worth or less where less is wanted; when none, how long until it is worth asking again.</returns>
    public (int Granted, TimeSpan Wait) Take(int wanted, double now)
    {
        lock (_gate)
        {
            _tokens = Math.Min(RatePolicy.SavedUp(_rate), _tokens + (Math.Max(0, now - _last) * RatePolicy.PerMillisecond(_rate)));
            _last = Math.Max(now, _last);
            var size = RatePolicy.CallSize(_rate, wanted);
            if (_tokens < size)
            {
                return (0, Wait((size - _tokens) / RatePolicy.PerMillisecond(_rate)));
            }
            _tokens -= size;
            return (size, TimeSpan.Zero);
        }
    }

    /// <summary>Gives back what was not used.</summary>
    public void Return(int unused)
    {
        lock (_gate)
        {
            _tokens = Math.Min(RatePolicy.SavedUp(_rate), _tokens + unused);
        }
    }

    /// <returns>Zero where there was room for all of them; else how long until there is.</returns>
    public TimeSpan Enter(int count, double now)
    {
        lock (_gate)
        {
            while (_inWindow.TryPeek(out var oldest) && oldest.Until <= now)
            {
                _occupied -= oldest.Count;
                _inWindow.Dequeue();
            }
            var missing = Math.Min(count, _places) - (_places - _occupied);
            if (missing <= 0)
            {
                _inWindow.Enqueue((now + RatePolicy.Window, count));
                _occupied += count;
                return TimeSpan.Zero;
            }
            foreach (var (until, leaving) in _inWindow)
            {
                missing -= leaving;
                if (missing <= 0)
                {
                    return Wait(until - now);
                }
            }
            return Wait(RatePolicy.Window);
        }
    }

    private static TimeSpan Wait(double milliseconds) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(milliseconds)));
}
