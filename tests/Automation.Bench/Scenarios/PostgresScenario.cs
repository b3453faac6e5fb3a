using System.Diagnostics;
using Automation.Bench.Rig;
using Automation.Bench.Storage;
using Automation.Bench.Workloads;
using Automation.Runtime.Time;
using Automation.Storage.Tests.Postgres;
using Npgsql;

namespace Automation.Bench.Scenarios;

/// <summary>The ordinary day and its floor on PostgreSQL, without a broker between.</summary>
internal static class PostgresScenario
{
    private const int Partitions = 2;
    private const int Envelope = 200;
    private const int Rounds = 5;
    private const int EventsARound = 60_000;

    public static async Task<IReadOnlyList<Figure>> MixedAsync()
    {
        using var server = PostgresRig.StartServer();
        await Population.MakeAsync(server, MixedWorkload.Contacts, Partitions, MixedWorkload.Start, "bench", "floor");
        var clock = new VirtualClock(MixedWorkload.Start);
        await using var rig = await PostgresRig.StartAsync(server, MixedWorkload.Source(), clock, Partitions);
        await using var floorSource = FloorSource(server, "floor");
        var floor = new PostgresFloor(floorSource);

        var (engine, hand) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var events = Enumerable.Range(round * EventsARound, EventsARound).Select(MixedWorkload.Event).Chunk(Envelope).ToList();
            var watch = Stopwatch.StartNew();
            await Producer.FeedAsync(rig.Engine, events, envelope => clock.Set(envelope[^1].OccurredAt));
            var engineSeconds = watch.Elapsed.TotalSeconds;

            var rows = rig.Captured.Select(lane => lane.Batches.ConvertAll(PostgresFloorRows.Of)).ToList();
            foreach (var lane in rig.Captured)
            {
                lane.Batches.Clear();
            }
            watch.Restart();
            await floor.WriteAsync(rows);
            // In the first round the runtime compiles its hot code.
            if (round > 0)
            {
                engine.Add(EventsARound / engineSeconds);
                hand.Add(EventsARound / watch.Elapsed.TotalSeconds);
            }
        }
        var ratios = engine.Zip(hand, (a, b) => a / b).Order().ToList();
        return
        [
            new Figure("mixed postgres", "events, durable, median round", Median(engine), "/s", AtLeast: 8_000),
            new Figure("mixed postgres", "floor: the same rows by hand-written SQL", Median(hand), "/s"),
            new Figure("mixed postgres", "of the floor, median round", ratios[ratios.Count / 2], "", AtLeast: 0.7),
        ];
    }

    /// <summary>Connections as the engine's own, so that the floor gets the same plans.</summary>
    internal static NpgsqlDataSource FloorSource(PostgresServer server, string database) => NpgsqlDataSource.Create(
        server.ConnectionString(database) + ";Max Auto Prepare=20;Auto Prepare Min Usages=1;Options=-c plan_cache_mode=force_generic_plan -c enable_hashjoin=off -c enable_seqscan=off");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
