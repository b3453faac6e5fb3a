using Automation.Bus;
using Automation.Bus.Rabbit;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Core.Journeys;
using Automation.Runtime.Approvals;
using Automation.Runtime.Bulk;
using Automation.Runtime.Definitions;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Holds;
using Automation.Runtime.Loop;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;
using Automation.Server.Ingest;
using Automation.Server.Personal;
using Automation.Server.Scheduling;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.Hosting;

/// <summary>
/// The engine as one process of several. Everything is put together in every process, and its roles say what of it is started: an api
/// publishes, a worker owns partitions, a dispatcher takes messages. They stop from the outside in, and give back what they hold.
/// </summary>
internal sealed partial class ClusterEngine : IRunningEngine
{
    private static readonly TimeSpan RecoverEvery = TimeSpan.FromSeconds(5);

    // A change takes milliseconds; one that is noted for longer has lost its process.
    private static readonly TimeSpan SettleEvery = TimeSpan.FromMinutes(1);

    private readonly ClusterOptions _cluster;
    private readonly IPartitionedStore _store;
    private readonly ILogger _log;
    private readonly FileMailbox _mailbox;
    private readonly LentToConnectors _lent;
    private readonly SharedState _shared;
    private readonly EngineMetrics _metrics = new();
    private readonly PartitionBus _bus;
    private readonly DoubtfulClaims _claims;
    private readonly RabbitOutboxBus _outboxBus;
    private readonly OutboxRelay _relay;
    private readonly PartitionWorker _worker;
    private readonly NodeHeart _heart;
    private readonly DefinitionWatch _watch;
    private readonly OutboxSweep _outboxSweep;
    private readonly CalendarSchedules _calendars;
    private readonly UpkeepSchedule _upkeep;
    private readonly UnfinishedChanges _unfinished;
    private readonly HoldBook _holdBook;
    private readonly BulkQueue _bulkQueue;
    private readonly CancellationTokenSource _stopping = new();
    private IAsyncDisposable? _ingress;
    private Task _recovering = Task.CompletedTask;
    private Task _settling = Task.CompletedTask;
    private int _dispatchers = 1;
    private bool _isStopped;

    public ClusterEngine(ServerOptions options, ClusterOptions cluster, IPartitionedStore store, IAccessStore access, SecretBox secrets, ILoggerFactory logs)
    {
        _cluster = cluster;
        _store = store;
        _log = logs.CreateLogger<ClusterEngine>();
        var node = cluster.Node;
        var dispatching = new DispatchOptions();
        _bus = new PartitionBus(cluster.Rabbit, store.Partitions, node, logs.CreateLogger<PartitionBus>());
        _claims = new DoubtfulClaims(store.Claims, TimeProvider.System);
        Engine = new BusEngine(_bus, _claims, node, options.Clock);
        _mailbox = new FileMailbox(Path.Combine(options.Data, "sandbox.ndjson"));
        _shared = new SharedState(cluster, options.Clock, Share, secrets, logs);
        _lent = new LentToConnectors(logs, new ClockTime(options.Clock), _shared.Tokens);
        _metrics.Happened = _shared.Live.Happened;
        Connectors = new ConnectorRegistry(
            BuiltInConnectors.WithPlugIns(_mailbox, options, logs), _lent.Services, logs.CreateLogger<ConnectorRegistry>());
        _outboxBus = new RabbitOutboxBus(
            cluster.Rabbit, _bus, node, (envelope, ending) => Dispatcher!.AcceptAsync(envelope, ending), () => _watch!.Look());
        _relay = new OutboxRelay(_outboxBus, store.Outbox, _metrics, logs.CreateLogger<OutboxRelay>());
        Definitions = new ToldDefinitions(store.Definitions, TellChanged);
        _worker = new PartitionWorker(node, store, _bus, (partition, engine, journeys) => new EngineHost(
            new EngineOptions { Partition = partition }, engine, _relay, options.Clock, journeys, _metrics, logs.CreateLogger<EngineHost>()),
            logs.CreateLogger<PartitionWorker>())
        {
            Leaving = () => _heart!.ChangeAsync(cluster.RoleNamesWithout(NodeRoles.Worker)),
        };
        _worker.Changed += PartitionsChanged;
        _holdBook = new HoldBook(store.Holds);
        Dispatcher = new Dispatcher(
            dispatching, Engine, new DispatcherOutbox(store.Outbox, _claims, node), Connectors, _holdBook, _metrics, logs.CreateLogger<Dispatcher>(), _shared.Limits);
        Receipts = new ReceiptDesk(Engine, store.Outbox, logs.CreateLogger<ReceiptDesk>(), _metrics);
        Connectors.Receipts = async (account, receipts) => await Receipts.ReportAsync(account, receipts);
        Registry = new JourneyRegistry(
            Definitions, new WorkspaceReader(Definitions, store.Ledger, secrets.Reveal, logs.CreateLogger<WorkspaceReader>()), Connectors, _worker);
        Sweeps = new SweepQueue(Engine, Definitions, store.Ledger, Registry, logs.CreateLogger<SweepQueue>()) { IsHere = DecidesDefinitions };
        SegmentSweeps = new SegmentSweeps(Definitions, store.Ledger, Engine, Registry, Sweeps);
        Changes = new DefinitionChanges(Definitions, Engine);
        Desk = new DefinitionDesk(Definitions, store.Ledger, Engine, Registry, SegmentSweeps, Changes) { LintContext = () => LintKnowledge.Of(Connectors) };
        Holds = new HoldDesk(new ToldHolds(store.Holds, TellChanged), _holdBook, Engine, Registry, Changes);
        var scope = new BulkScope(store.Operations, store.Ledger, Engine, Registry);
        _bulkQueue = new BulkQueue(Definitions, scope, Engine, Changes, logs.CreateLogger<BulkQueue>()) { IsHere = DecidesDefinitions };
        Bulk = new BulkDesk(Definitions, scope, Engine, Changes, _bulkQueue);
        Operations = new JourneyOperations(Definitions, store.Ledger, Engine, Registry, Desk, Sweeps, Changes);
        Approvals = new ApprovalDesk(Definitions, Engine, Registry, Desk, Changes);
        Directories = new DirectorySyncs(
            Engine, store.Definitions, Connectors, (account, one) => InboundEvents.Read(account, one, options.Clock.GetCurrentInstant()), logs.CreateLogger<DirectorySyncs>()) { IsHere = DecidesDefinitions };
        _unfinished = new UnfinishedChanges(
            Definitions, store.Ledger, Engine, Registry, Operations, SegmentSweeps, store.Holds, logs.CreateLogger<UnfinishedChanges>())
        {
            OlderThan = Duration.FromTimeSpan(SettleEvery),
            Access = access,
        };
        _heart = new NodeHeart(store.Leases, new NodeBeat(node, cluster.RoleNames), logs.CreateLogger<NodeHeart>());
        _watch = new DefinitionWatch(store.Changes, ReloadAsync, logs.CreateLogger<DefinitionWatch>());
        _outboxSweep = new OutboxSweep(store.Outbox, _outboxBus, _bus.DispatchDepth, _holdBook, dispatching, logs.CreateLogger<OutboxSweep>()) { IsHere = DecidesDefinitions };
        _calendars = new CalendarSchedules(QuartzTables.InPostgres(cluster.Postgres), Registry, Operations, logs.CreateLogger<CalendarSchedules>());
        var house = new HouseKeeping(
            options.Keep, options.Anchors, store.Ledger, store.Upkeep, Definitions, secrets, options.Clock, logs.CreateLogger<HouseKeeping>())
        {
            HideEarlier = store.Earlier is { } earlier ? cancellation => new EarlierHiding(earlier, Definitions, Engine).RunAsync("engine", cancellation) : null,
        };
        _upkeep = new UpkeepSchedule(QuartzTables.InPostgres(cluster.Postgres), house.RunAsync, logs.CreateLogger<UpkeepSchedule>());
    }

    public IEngine Engine { get; }

    public IDefinitionStore Definitions { get; }

    public ILedgerStore Ledger => _store.Ledger;

    public ConnectorRegistry Connectors { get; }

    public ReceiptDesk Receipts { get; }

    public Dispatcher Dispatcher { get; }

    public ISandboxMailbox Mailbox => _mailbox;

    public JourneyRegistry Registry { get; }

    public DefinitionDesk Desk { get; }

    public DefinitionChanges Changes { get; }

    public JourneyOperations Operations { get; }

    public ApprovalDesk Approvals { get; }

    public HoldDesk Holds { get; }

    public IOperationsStore OperationsStore => _store.Operations;

    public BulkDesk Bulk { get; }

    public IReadOnlyList<KeyValuePair<string, long>> QueueDepths => _bus.Depths();

    public string? ProcessName => _cluster.Node;

    public SweepQueue Sweeps { get; }

    public DirectorySyncs Directories { get; }

    public SegmentSweeps SegmentSweeps { get; }

    public ILiveFeed Live => _shared.Live;

    public IDeadLetters DeadLetters => _bus;

    /// <summary>The partitions that are decided in this process now.</summary>
    public IReadOnlyList<int> Owned => _worker.Owned;

    public PartitionBus Bus => _bus;

    public bool IsRunning { get; set; }

    public string? NotReady => _bus.IsOpen ? null : "Expected a connection to the broker, but it is away.";

    public async Task StartAsync(CancellationToken cancellation)
    {
        await _bus.StartAsync(cancellation);
        await _outboxBus.StartAsync(cancellation);
        await _watch.StartAsync(cancellation);
        _shared.Start();
        // Whoever counts as living gets a share of the partitions, and others give theirs up for it: so only once it can take them.
        await _heart.StartAsync(cancellation);
        if (Has(NodeRoles.Worker))
        {
            _worker.Start();
            _outboxSweep.Start();
            await Sweeps.StartAsync(cancellation);
            await _bulkQueue.StartAsync(cancellation);
            Directories.Start();
            _settling = Task.Run(KeepSettlingAsync, CancellationToken.None);
        }
        if (Has(NodeRoles.Dispatcher))
        {
            await StartDispatchingAsync(cancellation);
        }
        if (Has(NodeRoles.Api) || Has(NodeRoles.Worker))
        {
            _ingress = await _bus.ReadIngressAsync(
                Engine, (body, messageId) => IngressReader.Read(body, messageId, Engine.Clock.GetCurrentInstant()), cancellation);
        }
    }

    public async Task UntilDecidingAsync(CancellationToken cancellation)
    {
        while (await _store.Leases.OwnersAsync(cancellation) is not [{ Node: not null }, ..])
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
        }
    }

    public void StartCalendars()
    {
        if (Has(NodeRoles.Worker))
        {
            _calendars.Start();
            _upkeep.Start();
        }
    }

    public async Task StopAsync()
    {
        IsRunning = false;
        if (_isStopped)
        {
            return;
        }
        _isStopped = true;
        await _stopping.CancelAsync();
        await _calendars.DisposeAsync();
        await _upkeep.DisposeAsync();
        if (_ingress is not null)
        {
            await _ingress.DisposeAsync();
        }
        await Sweeps.DisposeAsync();
        await _bulkQueue.DisposeAsync();
        await Directories.DisposeAsync();
        // Calls under way end first, and their outcomes are still published.
        await _recovering;
        await _settling;
        await _outboxBus.StopTakingAsync();
        await Dispatcher.DisposeAsync();
        await _worker.DisposeAsync();
        await _outboxSweep.DisposeAsync();
        await _relay.DisposeAsync();
        await _watch.DisposeAsync();
        await _heart.DisposeAsync();
        await _outboxBus.DisposeAsync();
        await _bus.DisposeAsync();
        await Connectors.DisposeAsync();
        await _shared.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Registry.Dispose();
        _mailbox.Dispose();
        _lent.Dispose();
        _metrics.Dispose();
        _claims.Dispose();
        _stopping.Dispose();
        await _store.DisposeAsync();
    }

    private bool Has(NodeRoles role) => _cluster.Roles.HasFlag(role);

    // One process does what only one may do, and it is the one whose loop keeps facts about definitions.
    private bool DecidesDefinitions() => _worker.Owned.Contains(PartitionOf.Definitions);

    private async ValueTask ReloadAsync(CancellationToken cancellation)
    {
        await _holdBook.ReloadAsync(cancellation);
        await Registry.ReloadAsync(cancellation);
        if (DecidesDefinitions())
        {
            await Sweeps.TakeUpAsync(cancellation);
            await _bulkQueue.TakeUpAsync(cancellation);
        }
    }

    private void PartitionsChanged(IReadOnlyList<int> owned)
    {
        if (owned.Contains(PartitionOf.Definitions))
        {
            _ = Quietly(Sweeps.TakeUpAsync(_stopping.Token));
            _ = Quietly(_bulkQueue.TakeUpAsync(_stopping.Token));
        }
    }

    private async Task StartDispatchingAsync(CancellationToken cancellation)
    {
        await Dispatcher.StartAsync(cancellation);
        await TakeQueuesAsync();
        Registry.Changed += TakeNewQueues;
        _recovering = Task.Run(KeepRecoveringAsync, CancellationToken.None);
    }

    private void TakeNewQueues(JourneySet journeys) => _ = Quietly(TakeQueuesAsync());

    private async Task TakeQueuesAsync()
    {
        foreach (var account in Connectors.Traits)
        {
            foreach (var channel in account.Channels)
            {
                await _outboxBus.TakeAsync(account.Key, channel.Channel, _stopping.Token);
            }
        }
    }

    private async Task KeepRecoveringAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Quietly(CountDispatchersAsync());
            await Quietly(Dispatcher.RecoverAsync(_stopping.Token));
            await Task.Delay(RecoverEvery, _stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task KeepSettlingAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(SettleEvery, _stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            if (DecidesDefinitions() && !_stopping.IsCancellationRequested)
            {
                await Quietly(_unfinished.SettleAsync(_stopping.Token));
            }
        }
    }

    // What each dispatcher may send of an account's rate while Redis is away: as many as live share it evenly.
    private double Share() => 1.0 / Math.Max(1, Volatile.Read(ref _dispatchers));

    private async Task CountDispatchersAsync()
    {
        var nodes = await _store.Leases.NodesAsync(_stopping.Token);
        Volatile.Write(ref _dispatchers, nodes.Count(node => node.Role.Split(',').Contains("dispatcher", StringComparer.Ordinal)));
    }

    private void TellChanged() => _ = Quietly(_outboxBus.TellChangedAsync(_stopping.Token));

    private async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
#pragma warning disable CA1031 // A clock does it again, so a failure costs time and nothing else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!_stopping.IsCancellationRequested)
            {
                LogLater(error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Something that is done again later failed now")]
    private partial void LogLater(Exception error);
}
