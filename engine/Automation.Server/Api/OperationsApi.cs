using Automation.Runtime.Dispatch;
using Automation.Runtime.Holds;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Hosting;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.Api;

/// <summary>Where everything stands, for whoever keeps it running. Asked for again every few seconds, so its cost is bounded.</summary>
internal static class OperationsApi
{
    private static readonly Duration FailedFor = Duration.FromDays(7);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/operations", ShowAsync).Needs(Permission.Read).WithTags("operations").WithName("operations_show")
            .WithSummary("What waits and since when, by account, partition and queue; what is held, closed, unknown, failed or dead.");

    private static async Task<OperationsAnswer> ShowAsync(
        IRunningEngine running, IEngine engine, HoldDesk holds, Dispatcher dispatcher, CancellationToken cancellation)
    {
        var now = engine.Clock.GetCurrentInstant();
        var standing = await Standing.ReadAsync(running, now, cancellation);
        var failed = await running.OperationsStore.CountFailedAsync(new FailedQuery(now - FailedFor, now), cancellation);
        var held = (await holds.ListAsync(cancellation)).Where(hold => hold.End is null);
        return new OperationsAnswer(
            now.ToDateTimeOffset(),
            [.. Accounts(standing)],
            [.. standing.Timers.Select(lag => new TimerLagAnswer(lag.Partition, lag.OldestDue.ToDateTimeOffset(), standing.SecondsSince(lag.OldestDue)))],
            [.. running.QueueDepths.Select(queue => new QueueAnswer(queue.Key, queue.Value))],
            [.. dispatcher.Lanes.Select(lane => new LaneAnswer(lane.Account, lane.Channel, lane.Waiting)).OrderBy(lane => lane.Account, StringComparer.Ordinal)],
            [.. held.Select(hold => new HoldInForceAnswer(hold.Target.Name, hold.Since.ToDateTimeOffset(), hold.By, hold.Reason))],
            [.. dispatcher.Holds.Select(lane => new ClosedLaneAnswer(lane.Account, lane.Channel, lane.Since.ToDateTimeOffset(), lane.Text, lane.IsDown))],
            standing.Unknown.Sum(one => one.Count), failed.Messages, standing.DeadLetters, running.ProcessName);
    }

    private static IEnumerable<AccountStandingAnswer> Accounts(Standing standing)
    {
        var unknowns = standing.Unknown.ToDictionary(one => one.Account, one => one.Count, StringComparer.Ordinal);
        var waiting = standing.Backlog.ToDictionary(one => one.Account, StringComparer.Ordinal);
        foreach (var account in waiting.Keys.Union(unknowns.Keys).Order(StringComparer.Ordinal))
        {
            var queued = waiting.GetValueOrDefault(account);
            yield return new AccountStandingAnswer(
                account, queued?.Waiting ?? 0, queued?.IsMore ?? false, queued?.Oldest.ToDateTimeOffset(), queued is null ? null : standing.SecondsSince(queued.Oldest),
                unknowns.GetValueOrDefault(account));
        }
    }

    /// <param name="Timers">The longest overdue contact of each partition; a partition that is on time is left out.</param>
    /// <param name="Queues">Envelopes that wait in each queue of the broker; empty where everything is in one process.</param>
    /// <param name="Lanes">Messages in this process's memory that wait for their call.</param>
    /// <param name="Closed">Lanes of this process that send nothing now.</param>
    /// <param name="Failed">Failed for good in the last seven days and not replayed.</param>
    /// <param name="DeadLetters">Null while the broker is away.</param>
    /// <param name="Process">Which process answers, and whose lanes and closed lanes these are; null where there is only one.</param>
    internal sealed record OperationsAnswer(
        DateTimeOffset At, IReadOnlyList<AccountStandingAnswer> Accounts, IReadOnlyList<TimerLagAnswer> Timers, IReadOnlyList<QueueAnswer> Queues,
        IReadOnlyList<LaneAnswer> Lanes, IReadOnlyList<HoldInForceAnswer> Holds, IReadOnlyList<ClosedLaneAnswer> Closed,
        long Unknown, long Failed, long? DeadLetters, string? Process);

    /// <param name="Waiting">Queued in the store, counted up to 100,000.</param>
    /// <param name="IsMore">More wait than were counted.</param>
    /// <param name="OldestSeconds">How long the oldest of those next in turn waits.</param>
    internal sealed record AccountStandingAnswer(
        string Account, long Waiting, bool IsMore, DateTimeOffset? OldestAt, double? OldestSeconds, long Unknown);

    internal sealed record TimerLagAnswer(int Partition, DateTimeOffset OldestDue, double Seconds);

    internal sealed record QueueAnswer(string Queue, long Envelopes);

    internal sealed record LaneAnswer(string Account, string Channel, int Waiting);

    internal sealed record HoldInForceAnswer(string Target, DateTimeOffset Since, string By, string Reason);

    /// <param name="IsDown">The vendor takes nothing and is asked again by itself; else the configuration is wrong and waits for a person.</param>
    internal sealed record ClosedLaneAnswer(string Account, string Channel, DateTimeOffset Since, string Text, bool IsDown);
}
