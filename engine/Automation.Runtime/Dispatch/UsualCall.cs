namespace Automation.Runtime.Dispatch;

/// <summary>
/// How long calls of a lane usually take. When a message reached the vendor is known only to lie within its call. A way that is always
/// equally long harms nobody, since it delays all alike; a call that took longer than usual may have come late and met the next ones.
/// "Usual" is where calls of the last half minute are late by <see cref="Budget"/> on the average. So it follows a vendor that is slow or
/// varies, at that price of the rate; and not the few calls that were under way when this machine or the vendor stood still for a moment.
/// Time is an argument, in milliseconds of any steady clock.
/// </summary>
internal sealed class UsualCall
{
    /// <summary>In milliseconds: 0.4 % of a second.</summary>
    private const double Budget = 4;

    /// <summary>The share of the longest calls, which are not asked.</summary>
    private const double Outliers = 0.1;

    /// <summary>One call is remembered in this time, however many there are, so that a moment has the weight of its length.</summary>
    private const double Apart = 100;

    private readonly Lock _gate = new();
    private readonly double[] _remembered = new double[256];
    private long _count;
    private double _next = double.MinValue;
    private double _usual;

    /// <returns>How much longer than usual it took; zero or more.</returns>
    public TimeSpan Late(TimeSpan took, double now)
    {
        lock (_gate)
        {
            if (now >= _next)
            {
                _next = now + Apart;
                _remembered[_count++ % _remembered.Length] = took.TotalMilliseconds;
                _usual = Usual(_remembered[..(int)Math.Min(_count, _remembered.Length)]);
            }
            return TimeSpan.FromMilliseconds(Math.Max(0, took.TotalMilliseconds - _usual));
        }
    }

    private static double Usual(double[] calls)
    {
        Array.Sort(calls);
        var last = (int)(calls.Length * (1 - Outliers));
        var late = 0.0;
        for (var longer = 1; longer <= last; longer++)
        {
            // From this call down to the one below it, so many are late, each by the difference.
            var (call, below) = (calls[last - longer], longer < last ? calls[last - longer - 1] : 0);
            var more = longer * (call - below);
            if (late + more > Budget * calls.Length)
            {
                return call - (((Budget * calls.Length) - late) / longer);
            }
            late += more;
        }
        return 0;
    }
}
