namespace Automation.Runtime.Dispatch;

/// <summary>What "so many messages a second" means, the same for limits of one process and for those that several share. Times are milliseconds.</summary>
public static class RatePolicy
{
    /// <summary>
    /// A message counts from its call for a second and this much longer: messages take now longer, now shorter to the vendor.
    /// Calls that took longer than usual count longer still, see <see cref="LanePace"/>.
    /// </summary>
    private const double Guard = 8;

    /// <summary>So many calls a second: fewer messages are not worth one while more are waiting, and more come in gusts.</summary>
    private const int CallsPerSecond = 20;

    /// <summary>How long a message counts.</summary>
    public const double Window = 1_000 + Guard;

    /// <summary>Tokens that come up in a millisecond, so that a window of them is the rate.</summary>
    public static double PerMillisecond(double perSecond) => perSecond / Window;

    /// <summary>Tokens that are saved up while nothing goes: half a second's, so that calls of that length lose nothing.</summary>
    public static double SavedUp(double perSecond) => Math.Max(1, perSecond / 2);

    /// <summary>Messages in one window. A rate of 1.5 means two in some seconds.</summary>
    public static int Places(double perSecond) => (int)Math.Clamp(Math.Ceiling(perSecond), 1, int.MaxValue);

    /// <summary>Messages of one call where so many are wanted. Calls of this size fill a window, as nearly as that can be, to its last place.</summary>
    public static int CallSize(double perSecond, int wanted)
    {
        var places = Places(perSecond);
        var most = Math.Max(1, places / CallsPerSecond);
        var size = most;
        for (var smaller = most - 1; places % size > 0 && smaller > most / 2; smaller--)
        {
            size = places % smaller < places % size ? smaller : size;
        }
        return Math.Min(wanted, size);
    }
}
