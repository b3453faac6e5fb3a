using Automation.Bench.Rig;
using Automation.Bench.Storage;
using Automation.Bench.Workloads;
using Automation.Core.Contacts;
using Automation.Core.Journeys;
using Automation.Runtime.Time;
using Automation.Servers;
using Automation.Storage.Tests.Postgres;
using NodaTime;

namespace Automation.Bench.Scenarios;

/// <summary>
/// The whole way over RabbitMQ and PostgreSQL, each beside both floors: the ordinary day among few contacts and among many, every event a
/// journey, and a backlog with one worker and with two.
/// </summary>
internal static class RabbitScenario
{
    private const int Partitions = 2;
    private const int Envelope = 200;
    private const int EventsARound = 40_000;

    /// <summary>Rounds that are not counted.</summary>
    private const int Warm = 3;

    private const int BacklogSize = 200_000;

    public static async Task<IReadOnlyList<Figure>> MixedAsync()
    {
        await using var servers = await ServersAsync();
        var rounds = await AmongAsync(servers, MixedWorkload.Contacts, counted: 5);
        return
        [
            new Figure("mixed rabbitmq", "events, confirmed to committed, median round", rounds.Engine, "/s", AtLeast: 8_000),
            .. rounds.Beside("mixed rabbitmq", ratioAtLeast: 0.7),
            .. await StoredBytes.OfAsync(servers.Store.ConnectionString(NameOf(MixedWorkload.Contacts)), "mixed rabbitmq"),
        ];
    }

    /// <summary>The same events among 10,000 and among 2,000,000 contacts; the caches hold 100,000 of them.</summary>
    public static async Task<IReadOnlyList<Figure>> ScaleAsync()
    {
        await using var servers = await ServersAsync();
        var (few, many) = (await AmongAsync(servers, 10_000, counted: 3), await AmongAsync(servers, 2_000_000, counted: 3));
        return
        [
            new Figure("scale rabbitmq", "an event among 10,000 contacts", 1e6 / few.Engine, "µs"),
            .. few.Beside("scale rabbitmq, 10,000"),
            new Figure("scale rabbitmq", "an event among 2,000,000 contacts", 1e6 / many.Engine, "µs"),
            .. many.Beside("scale rabbitmq, 2,000,000"),
            new Figure("scale rabbitmq", "of that among 10,000", few.Engine / many.Engine, "", AtMost: 1.3),
        ];
    }

    /// <summary>Confirmed, committed, handed on, claimed, sent, and its outcome committed.</summary>
    public static async Task<IReadOnlyList<Figure>> StartsAsync()
    {
        const int journeys = 20_000;
        await using var servers = await ServersAsync();
        await using var bench = await BenchAsync(
            servers, "starts", contacts: 0, StartsScenario.Source(), SystemClock.Instance, connector: new CountingConnector());
        await bench.Rig.TakeAsync();
        for (var round = 0; round < Warm + 3; round++)
        {
            var envelopes = StartsScenario.Envelopes(round * journeys, journeys, 100);
            var done = (round + 1) * journeys;
            await bench.Rounds.RunAsync(
                envelopes,
                async () =>
                {
                    await bench.Rig.FeedAsync(envelopes);
                    await bench.Rig.UntilSettledAsync(done);
                },
                isCounted: round >= Warm);
        }
        return
        [
            new Figure("starts rabbitmq", "journeys, event to outcome, durable", bench.Rounds.Engine, "/s"),
            .. bench.Rounds.Beside("starts rabbitmq"),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> DrainAsync()
    {
        await using var servers = await ServersAsync();
        // The first compiles the hot code, and is not counted.
        await DrainAsync(servers, "first", 1);
        var (one, two) = (await DrainAsync(servers, "one", 1), await DrainAsync(servers, "two", 2));
        return
        [
            new Figure("drain rabbitmq", "a backlog of 200,000 with one worker", one.Engine, "/s"),
            .. one.Beside("drain rabbitmq, one worker"),
            new Figure("drain rabbitmq", "the same with two", two.Engine, "/s"),
            .. two.Beside("drain rabbitmq, two workers"),
        ];
    }

    private static async Task<RabbitRounds> DrainAsync(Servers servers, string name, int workers)
    {
        var clock = new VirtualClock(MixedWorkload.Start);
        await using var bench = await BenchAsync(
            servers, "drain_" + name, MixedWorkload.Contacts, MixedWorkload.Source(), clock, workers);
        // Nobody takes yet: everything waits in the broker.
        var envelopes = Enumerable.Range(0, BacklogSize).Select(MixedWorkload.Event).Chunk(Envelope).ToList();
        await Producer.FeedAsync(bench.Rig.Engine, envelopes);
        clock.Set(MixedWorkload.Event(BacklogSize).OccurredAt);
        await bench.Rounds.RunAsync(
            envelopes,
            async () =>
            {
                await bench.Rig.TakeAsync();
                await bench.Rig.UntilCommittedAsync(BacklogSize);
            },
            wasFull: true);
        return bench.Rounds;
    }

    private static async Task<RabbitRounds> AmongAsync(Servers servers, int contacts, int counted)
    {
        var clock = new VirtualClock(MixedWorkload.Start);
        await using var bench = await BenchAsync(servers, NameOf(contacts), contacts, MixedWorkload.Source(), clock);
        await bench.Rig.TakeAsync();
        // First everybody comes once, as many as the caches hold, and the runtime compiles its hot code, which takes it some rounds.
        var next = Math.Min(contacts, MixedWorkload.Contacts);
        await FeedAsync([.. Enumerable.Range(0, next).Select(n => MixedWorkload.EventAmong(contacts, n) with { Identities = MixedWorkload.Identities(n) })], false);
        for (var round = 0; round < Warm + counted; round++, next += EventsARound)
        {
            await FeedAsync([.. Enumerable.Range(next, EventsARound).Select(n => MixedWorkload.EventAmong(contacts, n))], round >= Warm);
        }
        return bench.Rounds;

        Task FeedAsync(ContactEvent[] events, bool isCounted)
        {
            var envelopes = events.Chunk(Envelope).ToList();
            return bench.Rounds.RunAsync(
                envelopes, () => bench.Rig.FeedAsync(envelopes, envelope => clock.Set(envelope[^1].OccurredAt)), isCounted: isCounted);
        }
    }

    private static string NameOf(int contacts) => FormattableString.Invariant($"among_{contacts}");

    private static async Task<Servers> ServersAsync() => new(PostgresRig.StartServer(), await PrivateServer.StartAsync("rabbitmq"));

    private static async Task<Bench> BenchAsync(
        Servers servers, string name, int contacts, JourneySetSource source, IClock clock, int workers = 1, CountingConnector? connector = null)
    {
        var floor = name + "_floor";
        await Population.MakeAsync(servers.Store, contacts, Partitions, clock.GetCurrentInstant(), name, floor);
        var rig = await RabbitRig.StartAsync(servers.Store, servers.Broker.Port, name, source, clock, Partitions, workers, connector);
        var rows = PostgresScenario.FloorSource(servers.Store, floor);
        return new Bench(
            rig, rows, new RabbitRounds(servers.Store, servers.Broker, rig, new PostgresFloor(rows), new RabbitFloor(servers.Broker.Port, Partitions)));
    }

    private sealed record Servers(PostgresServer Store, PrivateServer Broker) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Broker.DisposeAsync();
            Store.Dispose();
        }
    }

    private sealed record Bench(RabbitRig Rig, Npgsql.NpgsqlDataSource Rows, RabbitRounds Rounds) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Rig.DisposeAsync();
            await Rows.DisposeAsync();
        }
    }
}
