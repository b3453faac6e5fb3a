using System.Diagnostics;
using Automation.Bench.Rig;
using Automation.Bench.Storage;
using Automation.Bench.Workloads;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;
using Automation.Runtime.Time;
using Npgsql;

namespace Automation.Bench.Scenarios;

/// <summary>The ordinary day and its floor on PostgreSQL, and what an event costs among few contacts and among many.</summary>
internal static class PostgresScenario
{
    private const int Partitions = 2;
    private const int Envelope = 200;
    private const int Rounds = 5;
    private const int EventsARound = 60_000;

    public static async Task<IReadOnlyList<Figure>> MixedAsync()
    {
        using var server = PostgresRig.StartServer();
        var clock = new VirtualClock(MixedWorkload.Start);
        await using var rig = await PostgresRig.StartAsync(server, MixedWorkload.Source(), clock, Partitions);
        var n = 0;
        var everybody = Enumerable.Range(0, MixedWorkload.Contacts)
            .Select(contact => MixedWorkload.Event(n++) with { Identities = MixedWorkload.Identities(contact) });
        await FeedAsync(rig, clock, everybody.Chunk(500));

        // The floor's own database, filled by the same commits.
        await using var floorRig = await PostgresRig.StartAsync(server, MixedWorkload.Source(), clock, Partitions, database: "floor");
        await using var floorSource = FloorSource(server, "floor");
        await Task.WhenAll(rig.Captured.Select((lane, i) => CopyAsync(lane.Batches, floorRig.Captured[i])));
        Clear(rig);
        var floor = new PostgresFloor(floorSource);

        var (engine, hand) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var events = Enumerable.Range(n, EventsARound).Select(MixedWorkload.Event).Chunk(Envelope).ToList();
            n += EventsARound;
            var watch = Stopwatch.StartNew();
            await FeedAsync(rig, clock, events);
            engine.Add(EventsARound / watch.Elapsed.TotalSeconds);

            var rows = rig.Captured.Select(lane => lane.Batches.ConvertAll(batch => (Rows: PostgresFloor.RowsOf(batch), At: batch.At.ToUnixTimeMilliseconds()))).ToList();
            Clear(rig);
            watch.Restart();
            await Task.WhenAll(rows.Select(async lane =>
            {
                foreach (var batch in lane)
                {
                    await floor.WriteAsync(batch.Rows, batch.At);
                }
            }));
            hand.Add(EventsARound / watch.Elapsed.TotalSeconds);
        }
        var ratios = engine.Zip(hand, (a, b) => a / b).Order().ToList();
        return
        [
            new Figure("mixed postgres", "events, durable, median round", Median(engine), "/s", AtLeast: 8_000),
            new Figure("mixed postgres", "floor: the same rows by hand-written SQL", Median(hand), "/s"),
            new Figure("mixed postgres", "of the floor, median round", ratios[ratios.Count / 2], "", AtLeast: 0.7),
        ];
    }

    /// <summary>The same events among 10,000 and among 2,000,000 contacts; the cache holds 100,000 of them.</summary>
    public static async Task<IReadOnlyList<Figure>> ScaleAsync()
    {
        using var server = PostgresRig.StartServer();
        var few = await CostAsync(server, 10_000);
        var many = await CostAsync(server, 2_000_000);
        return
        [
            new Figure("scale postgres", "an event among 10,000 contacts", few, "µs"),
            new Figure("scale postgres", "an event among 2,000,000 contacts", many, "µs"),
            new Figure("scale postgres", "of that among 10,000", many / few, "", AtMost: 1.3),
        ];
    }

    private static async Task<double> CostAsync(Automation.Storage.Tests.Postgres.PostgresServer server, int contacts)
    {
        var clock = new VirtualClock(MixedWorkload.Start);
        await using var rig = await PostgresRig.StartAsync(
            server, MixedWorkload.Source(), clock, Partitions, database: $"among_{contacts}",
            fill: (engine, lease) => FillAsync(engine, lease.Partition, contacts));
        foreach (var lane in rig.Captured)
        {
            lane.IsOn = false;
        }
        server.Execute($"among_{contacts}", "VACUUM ANALYZE; CHECKPOINT");
        var costs = new List<double>();
        var n = 0;
        for (var round = 0; round < 4; round++)
        {
            var events = Enumerable.Range(n, EventsARound).Select(i => MixedWorkload.EventAmong(contacts, i)).Chunk(Envelope).ToList();
            n += EventsARound;
            var watch = Stopwatch.StartNew();
            await FeedAsync(rig, clock, events);
            costs.Add(watch.Elapsed.TotalMicroseconds / EventsARound);
        }
        return Median(costs[1..]);
    }

    // Everybody as after a first event, written by commits without records.
    private static async Task FillAsync(IPartitionStore store, int partition, int contacts)
    {
        var head = await store.HeadAsync(partition, default);
        var next = head.NextContactId;
        foreach (var page in Enumerable.Range(0, contacts).Chunk(20_000))
        {
            var people = page.Select(contact => MixedWorkload.EventAmong(contacts, contact) with { Identities = MixedWorkload.Identities(contact) })
                .Where(happened => PartitionOf.Event(happened, Partitions) == partition)
                .Select(happened => Evolution.Apply(new Contact(next++, happened.OccurredAt), happened)).ToList();
            await store.CommitAsync(
                new CommitBatch
                {
                    Partition = partition,
                    Id = Guid.NewGuid(),
                    At = MixedWorkload.Start,
                    Contacts = [.. people.Select(contact => new ContactChange(null, contact, MixedWorkload.Start + NodaTime.Duration.FromDays(30)))],
                    Identities = [.. people.SelectMany(contact => contact.Identities.Select(identity => new IdentityLink(identity, contact.Id)))],
                },
                default);
        }
    }

    /// <summary>Connections as the engine's own, so that the floor gets the same plans.</summary>
    internal static NpgsqlDataSource FloorSource(Automation.Storage.Tests.Postgres.PostgresServer server, string database) => NpgsqlDataSource.Create(
        server.ConnectionString(database) + ";Max Auto Prepare=20;Auto Prepare Min Usages=1;Options=-c plan_cache_mode=force_generic_plan -c enable_hashjoin=off -c enable_seqscan=off");

    /// <summary>Writes the very same commits into another database.</summary>
    internal static async Task CopyAsync(List<CommitBatch> batches, CapturingStore to)
    {
        var revision = 0L;
        var revisions = new Dictionary<long, long>();
        foreach (var batch in batches)
        {
            revision = Math.Max(revision + 1, batch.Revision);
            await to.CommitAsync(
                batch with { Contacts = [.. batch.Contacts.Select(c => c with { Revision = revisions.GetValueOrDefault(c.After.Id) })], Revision = revision }, default);
            foreach (var change in batch.Contacts)
            {
                revisions[change.After.Id] = revision;
            }
        }
    }

    private static void Clear(PostgresRig rig)
    {
        foreach (var lane in rig.Captured)
        {
            lane.Batches.Clear();
        }
    }

    private static Task FeedAsync(PostgresRig rig, VirtualClock clock, IEnumerable<ContactEvent[]> envelopes) =>
        Producer.FeedAsync(rig.Engine, envelopes, envelope => clock.Set(envelope[^1].OccurredAt));

    internal static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
