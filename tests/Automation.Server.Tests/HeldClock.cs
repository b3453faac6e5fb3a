using NodaTime;

namespace Automation.Server.Tests;

/// <summary>A clock that the test moves.</summary>
internal sealed class HeldClock(Instant start) : IClock
{
    private readonly Lock _lock = new();
    private Instant _now = start;

    public Instant GetCurrentInstant()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public void Advance(Duration by)
    {
        lock (_lock)
        {
            _now += by;
        }
    }
}
