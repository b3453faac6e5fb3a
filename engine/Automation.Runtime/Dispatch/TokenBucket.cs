using Automation.Runtime.Ports;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// Keeps an account within its vendor's messages a second. Tokens spread messages evenly over a long time; places, as many as the rate,
/// keep it in every second, wherever it begins. Time is an argument, in milliseconds of any steady clock.
/// </summary>
internal sealed class TokenBucket
{
    private static long _lastId;

    private readonly Lock _gate = new();
    private readonly double _rate;
    private readonly int _places;
    private readonly SortedSet<(double Until, long Id)> _byEnd = [];
    private readonly Dictionary<long, (double Until, int Count)> _inWindow = [];
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

    /// <summary>Enters where there is room for all of them; else says how long until there is.</summary>
    public RateEntry Enter(int count, double now)
    {
        lock (_gate)
        {
            while (_byEnd.Count > 0 && _byEnd.Min is var oldest && oldest.Until <= now)
            {
                Leave(oldest.Id);
            }
            var missing = Math.Min(count, _places) - (_places - _occupied);
            if (missing <= 0)
            {
                // Below zero, and none for two buckets: the entry may come back when a new bucket has taken this one's place.
                var id = Interlocked.Decrement(ref _lastId);
                Occupy(id, now + RatePolicy.Window, count);
                return new RateEntry(TimeSpan.Zero, id, count);
            }
            foreach (var (until, id) in _byEnd)
            {
                missing -= _inWindow[id].Count;
                if (missing <= 0)
                {
                    return new RateEntry(Wait(until - now), 0, 0);
                }
            }
            return new RateEntry(Wait(RatePolicy.Window), 0, 0);
        }
    }

    /// <summary>They stay so much longer. Those that are out already are not brought back.</summary>
    public void Late(long id, double milliseconds)
    {
        lock (_gate)
        {
            if (_inWindow.TryGetValue(id, out var entry))
            {
                Leave(id);
                Occupy(id, entry.Until + milliseconds, entry.Count);
            }
        }
    }

    private void Occupy(long id, double until, int count)
    {
        _inWindow.Add(id, (until, count));
        _byEnd.Add((until, id));
        _occupied += count;
    }

    private void Leave(long id)
    {
        _inWindow.Remove(id, out var entry);
        _byEnd.Remove((entry.Until, id));
        _occupied -= entry.Count;
    }

    private static TimeSpan Wait(double milliseconds) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(milliseconds)));
}
