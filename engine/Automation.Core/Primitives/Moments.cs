using NodaTime;

namespace Automation.Core.Primitives;

/// <summary>Arithmetic with moments that stops at the ends of time instead of throwing: durations come from documents.</summary>
public static class Moments
{
    public static Instant Plus(Instant moment, Duration duration)
    {
        if (duration >= Duration.Zero)
        {
            return duration > Instant.MaxValue - moment ? Instant.MaxValue : moment + duration;
        }
        return duration < Instant.MinValue - moment ? Instant.MinValue : moment + duration;
    }

    public static Instant Minus(Instant moment, Duration duration)
    {
        if (duration >= Duration.Zero)
        {
            return duration > moment - Instant.MinValue ? Instant.MinValue : moment - duration;
        }
        return duration < moment - Instant.MaxValue ? Instant.MaxValue : moment - duration;
    }

    /// <summary>The earlier of two deadlines, where null is never.</summary>
    public static Instant? Earlier(Instant? left, Instant? right) =>
        left is { } a && right is { } b ? Instant.Min(a, b) : left ?? right;
}
