using Automation.Bus;
using Automation.Connectors;
using Automation.Connectors.Sandbox;
using Automation.Connectors.Sandbox.Mailbox;
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
/// The engine on a PostgreSQL server of its own on the same machine, every commit flushed: all partitions in one process, the in-memory
/// bus, the dispatcher and a connector.
/// </summary>
internal sealed class PostgresRig : IAsyncDisposable
{
    private const string Node = "bench";

    private readonly EngineMetrics _metrics = new();
    private readonly OutboxRelay _relay;
    private readonly InMemoryBus _bus;
    private readonly EngineHost[] _hosts;

    private PostgresRig(
        PostgresServer server, PostgresStore store, IReadOnlyList<PartitionLease> leases, JourneySetSource source, IClock clock,
        IConnectorFactory? connector, int contactsCachedMax)
    {
        Server = server;
        Store = store;
        Connectors = new ConnectorRegistry(
            [connector ?? new SandboxConnectorFactory(new MemoryMailbox())], new ConnectorServices(), NullLogger<ConnectorRegistry>.Instance);
        _bus = new InMemoryBus(envelope => Dispatcher!.Accept(envelope));
        _relay = new OutboxRelay(_bus, Store.Outbox, _metrics, NullLogger<OutboxRelay>.Instance);
        Captured = [.. leases.Select(lease => new CapturingStore(store.Engine(lease)))];
        _hosts = [.. leases.Select((lease, i) => new EngineHost(
            new EngineOptions { Partition = lease.Partition, ContactsCachedMax = contactsCachedMax / leases.Count }, Captured[i], _relay, clock,
            JourneySet.Build(source), _metrics, NullLogger<EngineHost>.Instance))];
        Engine = new PartitionedEngine(_hosts, store.Claims, Node);
        Dispatcher = new Dispatcher(new DispatchOptions(), Engine, Store.Outbox, Connectors, new HoldBook(Store.Holds), _metrics, NullLogger<Dispatcher>.Instance);
    }

    public PostgresServer Server { get; }

    public PostgresStore Store { get; }

    public IEngine Engine { get; }

    public Dispatcher Dispatcher { get; }

    public ConnectorRegistry Connectors { get; }

    /// <summary>What each partition committed, while <see cref="CapturingStore.IsOn"/>.</summary>
    public IReadOnlyList<CapturingStore> Captured { get; }

    /// <summary>Half of a small machine's memory for the server, and checkpoints as far apart as an operator would set them.</summary>
    /// <param name="folder">One that stays; null for one that goes with the run.</param>
    public static PostgresServer StartServer(string? folder = null) => new(
        folder, ["shared_buffers=2GB", "max_wal_size=8GB", "checkpoint_timeout=15min", "wal_compression=lz4", "max_connections=100", "autovacuum_naptime=15s"]);

    /// <param name="database">One that <see cref="Population"/> made.</param>
    public static async Task<PostgresRig> StartAsync(
        PostgresServer server, JourneySetSource source, IClock clock, int partitions = 2, IConnectorFactory? connector = null,
        bool withTimers = false, int contactsCachedMax = 100_000, string database = "bench")
    {
        var store = await PostgresStore.OpenAsync(new PostgresOptions
        {
            ConnectionString = server.ConnectionString(database), Partitions = partitions, Node = Node,
        });
        await store.Leases.BeatAsync(new NodeBeat(Node, "worker,dispatcher"), default);
        var leases = new List<PartitionLease>();
        while (await store.Leases.TakeAsync(Node, default) is { } lease)
        {
            leases.Add(lease);
        }
        // Nobody renews them here, and nobody else takes them: what counts is the epoch.
        var rig = new PostgresRig(server, store, leases, source, clock, connector, contactsCachedMax);
        await rig.Connectors.ConfigureAsync([]);
        await rig._bus.StartAsync();
        foreach (var host in rig._hosts)
        {
            await host.StartAsync(withTimers);
        }
        await rig.Dispatcher.StartAsync();
        return rig;
    }

    public async ValueTask DisposeAsync()
    {
        await Dispatcher.DisposeAsync();
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
        await _relay.DisposeAsync();
        await _bus.DisposeAsync();
        await Connectors.DisposeAsync();
        _metrics.Dispose();
        await Store.DisposeAsync();
    }
}
