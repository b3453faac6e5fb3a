using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.Hosting;

/// <summary>What waits, and for how long, at one moment: the same for the page that somebody looks at and for the metrics that wake somebody up.</summary>
/// <param name="Timers">The longest overdue contact of each partition; a partition that is on time is left out.</param>
/// <param name="DeadLetters">Null while the broker is away.</param>
internal sealed record Standing(
    Instant At, IReadOnlyList<AccountBacklog> Backlog, IReadOnlyList<UnknownCount> Unknown, IReadOnlyList<PartitionLag> Timers, long? DeadLetters)
{
    /// <summary>Beyond this, how much more waits changes nobody's decision.</summary>
    public const int CountMax = 100_000;

    public static async ValueTask<Standing> ReadAsync(IRunningEngine running, Instant now, CancellationToken cancellation)
    {
        var store = running.OperationsStore;
        return new Standing(
            now, await store.BacklogAsync(CountMax, cancellation), await store.CountUnknownAsync(cancellation), await store.TimersAsync(now, cancellation),
            await DeadAsync(running, cancellation));
    }

    /// <summary>Seconds from then until this was read; a clock that went back does not make it negative.</summary>
    public double SecondsSince(Instant then) => Math.Max(0, (At - then).TotalSeconds);

    // A broker that is away shows elsewhere; the rest is wanted all the more then.
    private static async ValueTask<long?> DeadAsync(IRunningEngine running, CancellationToken cancellation)
    {
        try
        {
            return await running.DeadLetters.CountDeadLettersAsync(cancellation);
        }
        catch (EngineUnavailableException)
        {
            return null;
        }
    }
}
