namespace Automation.Runtime.Dispatch;

/// <summary>
/// Keeps an account within its vendor's messages a second. It saves up no more than half a second's worth, so that messages flow evenly
/// and yet calls of that length lose nothing, and remembers what it granted in the last second, so that no second, wherever it begins,
/// sees more than the rate. Time is an argument, in milliseconds of any steady clock.
/// </summary>
internal sealed class TokenBucket
{
    private const double Second = 1_000;

    private readonly Lock _gate = new();
    private readonly double _perMillisecond;
    private readonly double _capacity;
    private readonly int _secondMax;
    private readonly LinkedList<(double At, int Count)> _granted = new();
    private int _inSecond;
    private double _tokens;
    private double _last;

    public TokenBucket(double messagesPerSecond, double now)
    {
        _perMillisecond = messagesPerSecond / Second;
        _capacity = Math.Max(1, messagesPerSecond / 2);
        _secondMax = (int)Math.Clamp(Math.Ceiling(messagesPerSecond), 1, int.MaxValue);
        _tokens = _capacity;
        _last = now;
    }

    /// <returns>How many may go now, at most <paramref name="wanted"/>; when none, how long until one may.</returns>
    public (int Granted, TimeSpan Wait) Take(int wanted, double now)
    {
        lock (_gate)
        {
            _tokens = Math.Min(_capacity, _tokens + ((now - _last) * _perMillisecond));
            _last = now;
            while (_granted.First is { } oldest && oldest.Value.At <= now - Second)
            {
                _inSecond -= oldest.Value.Count;
                _granted.RemoveFirst();
            }
            var granted = Math.Min(wanted, Math.Min((int)_tokens, _secondMax - _inSecond));
            if (granted <= 0)
            {
                return (0, Wait(now));
            }
            _tokens -= granted;
            _inSecond += granted;
            // What is granted within the same millisecond is one entry, that leaves with its last.
            var before = _granted.Last is { } last && now - last.Value.At < 1 ? last.Value.Count : 0;
            if (before > 0)
            {
                _granted.RemoveLast();
            }
            _granted.AddLast((now, before + granted));
            return (granted, TimeSpan.Zero);
        }
    }

    /// <summary>Gives back what was not used.</summary>
    public void Return(int unused)
    {
        lock (_gate)
        {
            _tokens = Math.Min(_capacity, _tokens + unused);
            while (unused > 0 && _granted.Last is { } last)
            {
                var back = Math.Min(unused, last.Value.Count);
                unused -= back;
                _inSecond -= back;
                _granted.RemoveLast();
                if (last.Value.Count > back)
                {
                    _granted.AddLast((last.Value.At, last.Value.Count - back));
                }
            }
        }
    }

    private TimeSpan Wait(double now)
    {
        var token = _tokens >= 1 ? 0 : (1 - _tokens) / _perMillisecond;
        var room = _inSecond >= _secondMax && _granted.First is { } oldest ? oldest.Value.At + Second - now : 0;
        return TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(Math.Max(token, room))));
    }
}
