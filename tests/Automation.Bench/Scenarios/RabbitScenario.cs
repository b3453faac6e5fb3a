using System.Diagnostics;
using Automation.Bench.Rig;
using Automation.Bench.Storage;
using Automation.Bench.Workloads;
using Automation.Core.Contacts;
using Automation.Runtime.Time;
using Automation.Servers;
using Automation.Storage.Tests.Postgres;

namespace Automation.Bench.Scenarios;

/// <summary>The ordinary day over RabbitMQ and PostgreSQL beside both floors, and how fast a backlog is gone with one worker and with two.</summary>
internal static class RabbitScenario
{
    private const int Partitions = 2;
    private const int Envelope = 200;
    private const int Rounds = 5;
    private const int EventsARound = 40_000;
    private const int BacklogSize = 200_000;

    public static async Task<IReadOnlyList<Figure>> MixedAsync()
    {
        using var server = PostgresRig.StartServer();
        await using var broker = await PrivateServer.StartAsync("rabbitmq");
        var clock = new VirtualClock(MixedWorkload.Start);
        await using var rig = await RabbitRig.StartAsync(server, broker.Port, "mixed", MixedWorkload.Source(), clock, Partitions);
        await rig.TakeAsync();
        await rig.FeedAsync(Everybody(), envelope => clock.Set(envelope[^1].OccurredAt));

        await using var floorRig = await PostgresRig.StartAsync(server, MixedWorkload.Source(), clock, Partitions, database: "floor");
        await using var floorSource = PostgresScenario.FloorSource(server, "floor");
        var lanes = rig.Captured.ToList();
        await Task.WhenAll(lanes.Select((lane, i) => PostgresScenario.CopyAsync(lane.Batches, floorRig.Captured[i])));
        var (rows, bytes) = (new PostgresFloor(floorSource), new RabbitFloor(broker.Port, Partitions));

        var (engine, store, queue) = (new List<double>(), new List<double>(), new List<double>());
        var n = MixedWorkload.Contacts;
        for (var round = 0; round < Rounds; round++)
        {
            lanes.ForEach(lane => lane.Batches.Clear());
            var events = Enumerable.Range(n, EventsARound).Select(MixedWorkload.Event).Chunk(Envelope).ToList();
            n += EventsARound;
            engine.Add(await RateAsync(() => rig.FeedAsync(events, envelope => clock.Set(envelope[^1].OccurredAt))));

            var written = lanes.ConvertAll(lane => lane.Batches.ConvertAll(batch => (Rows: PostgresFloor.RowsOf(batch), At: batch.At.ToUnixTimeMilliseconds())));
            store.Add(await RateAsync(() => Task.WhenAll(written.Select(async lane =>
            {
                foreach (var batch in lane)
                {
                    await rows.WriteAsync(batch.Rows, batch.At);
                }
            }))));
            var packed = events.ConvertAll(envelope => bytes.Pack(envelope));
            queue.Add(await RateAsync(() => bytes.RunAsync(packed)));
        }
        var ratios = engine.Select((rate, i) => rate / Math.Min(store[i], queue[i])).ToList();
        return
        [
            new Figure("mixed rabbitmq", "events, confirmed to committed, median round", PostgresScenario.Median(engine), "/s", AtLeast: 8_000),
            new Figure("mixed rabbitmq", "floor: the same rows by hand-written SQL", PostgresScenario.Median(store), "/s"),
            new Figure("mixed rabbitmq", "floor: the same bytes published and consumed", PostgresScenario.Median(queue), "/s"),
            new Figure("mixed rabbitmq", "of the slower floor, median round", PostgresScenario.Median(ratios), "", AtLeast: 0.7),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> DrainAsync()
    {
        using var server = PostgresRig.StartServer();
        await using var broker = await PrivateServer.StartAsync("rabbitmq");
        return
        [
            new Figure("drain rabbitmq", "a backlog of 200,000 with one worker", await DrainAsync(server, broker.Port, 1), "/s"),
            new Figure("drain rabbitmq", "the same with two", await DrainAsync(server, broker.Port, 2), "/s"),
        ];
    }

    private static async Task<double> DrainAsync(PostgresServer server, int brokerPort, int workers)
    {
        var clock = new VirtualClock(MixedWorkload.Start);
        await using var rig = await RabbitRig.StartAsync(
            server, brokerPort, FormattableString.Invariant($"drain_{workers}"), MixedWorkload.Source(), clock, Partitions, workers);
        foreach (var lane in rig.Captured)
        {
            lane.IsOn = false;
        }
        // Nobody takes yet: everything waits in the broker.
        await Producer.FeedAsync(rig.Engine, Enumerable.Range(0, BacklogSize).Select(MixedWorkload.Event).Chunk(Envelope));
        clock.Set(MixedWorkload.Event(BacklogSize).OccurredAt);
        var watch = Stopwatch.StartNew();
        await rig.TakeAsync();
        await rig.UntilCommittedAsync(BacklogSize);
        return BacklogSize / watch.Elapsed.TotalSeconds;
    }

    private static List<ContactEvent[]> Everybody() => [.. Enumerable.Range(0, MixedWorkload.Contacts)
        .Select(contact => MixedWorkload.Event(contact) with { Identities = MixedWorkload.Identities(contact) }).Chunk(500)];

    private static async Task<double> RateAsync(Func<Task> run)
    {
        var watch = Stopwatch.StartNew();
        await run();
        return EventsARound / watch.Elapsed.TotalSeconds;
    }
}
