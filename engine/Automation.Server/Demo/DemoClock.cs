using NodaTime;

namespace Automation.Server.Demo;

/// <summary>
/// The demo's time: first it stands wherever the replay of the past has come to, then it runs, faster than the wall's, so that a
/// day of waiting is over in minutes.
/// </summary>
internal sealed class DemoClock(Instant start) : IClock
{
    private Pace _pace = new(start, 0, 0);

    public Instant GetCurrentInstant()
    {
        var pace = Volatile.Read(ref _pace);
        return pace.Speed == 0 ? pace.From : pace.From + ((Environment.TickCount64 - pace.Since) * pace.Speed * Duration.FromMilliseconds(1));
    }

    /// <summary>Puts the clock to the moment and stops it there.</summary>
    public void Set(Instant now) => Volatile.Write(ref _pace, new Pace(now, 0, 0));

    /// <summary>Lets it run from where it is.</summary>
    public void Run(double speed) => Volatile.Write(ref _pace, new Pace(GetCurrentInstant(), Environment.TickCount64, speed));

    private sealed record Pace(Instant From, long Since, double Speed);
}
