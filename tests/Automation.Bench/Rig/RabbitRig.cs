using Automation.Bus;
using Automation.Bus.Rabbit;
using Automation.Connectors;
using Automation.Connectors.Sandbox;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Core.Contacts;
using Automation.Core.Journeys;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Holds;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Storage;
using Automation.Storage.Postgres;
using Automation.Storage.Tests.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Automation.Bench.Rig;

/// <summary>
/// The whole way over PostgreSQL and RabbitMQ with all of them on this machine: a producer whose envelopes the broker confirms, workers
/// that own partitions, and a dispatcher with a connector. The servers are processes of their own; api, workers and dispatcher share this one.
/// </summary>
internal sealed class RabbitRig : IAsyncDisposable
{
    private const string Node = "bench";

    private readonly EngineMetrics _metrics = new();
    private readonly PostgresStore _store;
    private readonly PartitionBus _bus;
    private readonly RabbitOutboxBus _outboxBus;
    private readonly ConnectorRegistry _connectors;
    private readonly Dispatcher _dispatcher;
    private readonly List<RabbitWorker> _workers = [];
    private readonly SemaphoreSlim _committed = new(0);

    private RabbitRig(PostgresStore store, RabbitOptions rabbit, IClock clock, IConnectorFactory? connector)
    {
        _store = store;
        _bus = new PartitionBus(rabbit, store.Partitions, Node, NullLogger<PartitionBus>.Instance);
        Engine = new BusEngine(_bus, store.Claims, Node, clock);
        _connectors = new ConnectorRegistry(
            [connector ?? new SandboxConnectorFactory(new MemoryMailbox())], new ConnectorServices(), NullLogger<ConnectorRegistry>.Instance);
        _dispatcher = new Dispatcher(new DispatchOptions(), Engine, store.Outbox, _connectors, new HoldBook(store.Holds), _metrics, NullLogger<Dispatcher>.Instance);
        _outboxBus = new RabbitOutboxBus(rabbit, _bus, Node, _dispatcher.AcceptAsync, static () => { });
    }

    /// <summary>Returns when the broker has what was submitted.</summary>
    public IEngine Engine { get; }

    public IEnumerable<CapturingStore> Captured => _workers.SelectMany(worker => worker.Captured);

    public long Committed => Captured.Sum(lane => lane.Events);

    /// <param name="name">Of a database that <see cref="Population"/> made, and the first word of the queues.</param>
    /// <param name="workers">Each takes an equal share of the partitions.</param>
    public static async Task<RabbitRig> StartAsync(
        PostgresServer server, int brokerPort, string name, JourneySetSource source, IClock clock, int partitions = 2, int workers = 1,
        IConnectorFactory? connector = null)
    {
        var rabbit = new RabbitOptions { Uri = FormattableString.Invariant($"amqp://guest:guest@127.0.0.1:{brokerPort}/"), Prefix = name };
        var rig = new RabbitRig(await OpenAsync(Node), rabbit, clock, connector);
        await rig._store.Leases.BeatAsync(new NodeBeat(Node, "dispatcher"), default);
        await rig._bus.StartAsync();
        await rig._outboxBus.StartAsync();
        await rig._connectors.ConfigureAsync([]);
        await rig._dispatcher.StartAsync();
        foreach (var account in rig._connectors.Traits)
        {
            foreach (var channel in account.Channels)
            {
                await rig._outboxBus.TakeAsync(account.Key, channel.Channel);
            }
        }
        for (var i = 0; i < workers; i++)
        {
            var node = FormattableString.Invariant($"worker-{i}");
            rig._workers.Add(await RabbitWorker.StartAsync(await OpenAsync(node), rabbit, node, partitions / workers, source, clock));
        }
        foreach (var lane in rig.Captured)
        {
            lane.Committed += () => rig._committed.Release();
        }
        return rig;

        Task<PostgresStore> OpenAsync(string node) => PostgresStore.OpenAsync(new PostgresOptions
        {
            ConnectionString = server.ConnectionString(name), Partitions = partitions, Node = node,
        });
    }

    public Task TakeAsync() => Task.WhenAll(_workers.Select(worker => worker.TakeAsync()));

    /// <summary>Feeds envelopes, a bounded number of events ahead of what is committed, and returns when all of them are.</summary>
    public async Task FeedAsync(IReadOnlyList<ContactEvent[]> envelopes, Action<IReadOnlyList<ContactEvent>>? before = null)
    {
        const int aheadMax = 20_000;
        var goal = Committed;
        await Producer.FeedAsync(Engine, envelopes, before, async envelope =>
        {
            await UntilCommittedAsync(goal - aheadMax);
            goal += envelope.Count;
        });
        await UntilCommittedAsync(goal);
    }

    public Task UntilCommittedAsync(long events) => UntilAsync(() => Committed >= events);

    /// <summary>Returns when the outcomes of so many messages are durable.</summary>
    public Task UntilSettledAsync(long messages) => UntilAsync(() => Captured.Sum(lane => lane.Settled) >= messages);

    // One waiter at a time.
    private async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await _committed.WaitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _outboxBus.StopTakingAsync();
        await _dispatcher.DisposeAsync();
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
        await _outboxBus.DisposeAsync();
        await _bus.DisposeAsync();
        await _connectors.DisposeAsync();
        await _store.DisposeAsync();
        _metrics.Dispose();
        _committed.Dispose();
    }
}
