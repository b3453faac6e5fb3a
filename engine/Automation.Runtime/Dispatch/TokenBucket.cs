namespace Automation.Runtime.Dispatch;

/// <summary>
/// Keeps an account within its vendor's messages a second. It saves up no more than a tenth of a second's worth, so that no second
/// sees more than a tenth over the rate. Time is an argument, in milliseconds of any steady clock.
/// </summary>
internal sealed class TokenBucket
{
    private readonly Lock _gate = new();
    private readonly double _perMillisecond;
    private readonly double _capacity;
    private double _tokens;
    private double _last;

    public TokenBucket(double messagesPerSecond, double now)
    {
        _perMillisecond = messagesPerSecond / 1_000;
        _capacity = Math.Max(1, messagesPerSecond / 10);
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
            var granted = Math.Min(wanted, (int)_tokens);
            _tokens -= granted;
            return granted > 0
                ? (granted, TimeSpan.Zero)
                : (0, TimeSpan.FromMilliseconds(Math.Ceiling((1 - _tokens) / _perMillisecond)));
        }
    }

    /// <summary>Gives back what was not used.</summary>
    public void Return(int unused)
    {
        lock (_gate)
        {
            _tokens = Math.Min(_capacity, _tokens + unused);
        }
    }
}
