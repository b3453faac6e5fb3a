using Automation.Bus.Rabbit;
using Automation.Core.Journeys;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Automation.Bench.Rig;

/// <summary>What a worker process has, in this process: connections of its own to store and broker, and its share of the partitions.</summary>
internal sealed class RabbitWorker : IAsyncDisposable
{
    private readonly EngineMetrics _metrics = new();
    private readonly PostgresStore _store;
    private readonly PartitionBus _bus;
    private readonly RabbitOutboxBus _outboxBus;
    private readonly OutboxRelay _relay;
    private readonly List<(int Partition, EngineHost Host)> _hosts = [];
    private readonly List<IAsyncDisposable> _taking = [];

    private RabbitWorker(PostgresStore store, RabbitOptions rabbit, string node)
    {
        _store = store;
        _bus = new PartitionBus(rabbit, store.Partitions, node, NullLogger<PartitionBus>.Instance);
        _outboxBus = new RabbitOutboxBus(rabbit, _bus, node, static (_, _) => Task.CompletedTask, static () => { });
        _relay = new OutboxRelay(_outboxBus, store.Outbox, _metrics, NullLogger<OutboxRelay>.Instance);
    }

    /// <summary>One for each of its partitions.</summary>
    public List<CapturingStore> Captured { get; } = [];

    /// <param name="share">How many partitions it takes.</param>
    public static async Task<RabbitWorker> StartAsync(PostgresStore store, RabbitOptions rabbit, string node, int share, JourneySetSource source, IClock clock)
    {
        var worker = new RabbitWorker(store, rabbit, node);
        await worker._bus.StartAsync();
        await worker._outboxBus.StartAsync();
        await store.Leases.BeatAsync(new NodeBeat(node, "worker"), default);
        for (var i = 0; i < share && await store.Leases.TakeAsync(node, default) is { } lease; i++)
        {
            var captured = new CapturingStore(store.Engine(lease));
            worker.Captured.Add(captured);
            var host = new EngineHost(
                new EngineOptions { Partition = lease.Partition, ContactsCachedMax = 50_000 }, captured, worker._relay, clock, JourneySet.Build(source),
                worker._metrics, NullLogger<EngineHost>.Instance);
            await host.StartAsync(withTimers: false);
            worker._hosts.Add((lease.Partition, host));
        }
        return worker;
    }

    /// <summary>Opens the queues of its partitions.</summary>
    public async Task TakeAsync()
    {
        foreach (var (partition, host) in _hosts)
        {
            _taking.Add(await _bus.OpenAsync(partition, host, default));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in _taking)
        {
            await queue.DisposeAsync();
        }
        foreach (var (_, host) in _hosts)
        {
            await host.DisposeAsync();
        }
        await _relay.DisposeAsync();
        await _outboxBus.DisposeAsync();
        await _bus.DisposeAsync();
        await _store.DisposeAsync();
        _metrics.Dispose();
    }
}
