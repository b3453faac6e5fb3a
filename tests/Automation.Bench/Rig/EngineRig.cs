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
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Automation.Bench.Rig;

/// <summary>
/// The whole engine as the server composes it, without HTTP: SQLite with full sync in a fresh directory, the pipelined loop, the
/// in-memory bus, the dispatcher and a connector.
/// </summary>
internal sealed class EngineRig : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly EngineMetrics _metrics = new();
    private readonly OutboxRelay _relay;
    private readonly InMemoryBus _bus;

    private EngineRig(JourneySetSource source, IClock? clock, Func<EmbeddedStore, IEngineStore>? wrap, IReadOnlyList<IConnectorFactory> connectors, EngineOptions? options)
    {
        _directory = Directory.CreateTempSubdirectory("automation-bench-");
        Store = EmbeddedStore.Open(_directory.FullName);
        Connectors = new ConnectorRegistry(
            connectors, new ConnectorServices(), NullLogger<ConnectorRegistry>.Instance);
        _bus = new InMemoryBus(envelope => Dispatcher!.Accept(envelope));
        _relay = new OutboxRelay(_bus, Store.Outbox, _metrics, NullLogger<OutboxRelay>.Instance);
        Engine = new EngineHost(
            options ?? new EngineOptions(), wrap?.Invoke(Store) ?? Store.Engine, _relay, clock ?? SystemClock.Instance,
            JourneySet.Build(source), _metrics, NullLogger<EngineHost>.Instance);
        Dispatcher = new Dispatcher(new DispatchOptions(), Engine, Store.Outbox, Connectors, new HoldBook(Store.Holds), _metrics, NullLogger<Dispatcher>.Instance);
    }

    public EmbeddedStore Store { get; }

    public EngineHost Engine { get; }

    public Dispatcher Dispatcher { get; }

    public ConnectorRegistry Connectors { get; }

    public static async Task<EngineRig> StartAsync(
        JourneySetSource source,
        IClock? clock = null,
        Func<EmbeddedStore, IEngineStore>? wrap = null,
        IConnectorFactory? connector = null,
        EngineOptions? options = null,
        bool withTimers = true)
    {
        var rig = new EngineRig(source, clock, wrap, [connector ?? new SandboxConnectorFactory(new MemoryMailbox())], options);
        return await StartAsync(rig, [], withTimers);
    }

    /// <summary>With connectors and accounts of their own.</summary>
    public static Task<EngineRig> StartAsync(JourneySetSource source, IReadOnlyList<IConnectorFactory> connectors, IReadOnlyList<ConnectorAccount> accounts) =>
        StartAsync(new EngineRig(source, null, null, connectors, null), accounts, withTimers: true);

    private static async Task<EngineRig> StartAsync(EngineRig rig, IReadOnlyList<ConnectorAccount> accounts, bool withTimers)
    {
        await rig.Connectors.ConfigureAsync(accounts);
        await rig._bus.StartAsync();
        await rig.Engine.StartAsync(withTimers);
        await rig.Dispatcher.StartAsync();
        return rig;
    }

    public async ValueTask DisposeAsync()
    {
        await Dispatcher.DisposeAsync();
        await Engine.DisposeAsync();
        await _relay.DisposeAsync();
        await _bus.DisposeAsync();
        await Connectors.DisposeAsync();
        _metrics.Dispose();
        Store.Dispose();
        _directory.Delete(recursive: true);
    }
}
