using NodaTime;

namespace Automation.Server.Hosting;

/// <summary>The server's clock in the form that connectors want it. Timers run by the wall: a clock that stands must not stop a time-out.</summary>
internal sealed class ClockTime(IClock clock) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetCurrentInstant().ToDateTimeOffset();
}
