using Automation.Bus;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Core.Journeys;
using Automation.Runtime.Approvals;
using Automation.Runtime.Bulk;
using Automation.Runtime.Definitions;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Holds;
using Automation.Runtime.Live;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;
using Automation.Server.Ingest;
using Automation.Server.Personal;
using Automation.Server.Scheduling;
using Automation.Server.Security;
using Automation.Storage;
using NodaTime;

namespace Automation.Server.Hosting;

/// <summary>
/// The engine in one process: store, loop, bus and dispatcher, in the order in which they need one another. They start from the
/// store outwards and stop from the outside in, so that everything that was taken in is decided, and every answer of a vendor recorded.
/// </summary>
internal sealed class EmbeddedEngine : IRunningEngine
{
    private readonly FileMailbox _mailbox;
    private readonly EngineMetrics _metrics = new();
    private readonly OutboxRelay _relay;
    private readonly InMemoryBus _bus;
    private readonly Dispatcher _dispatcher;
    private readonly LentToConnectors _lent;
    private readonly ServerOptions _options;
    private readonly CalendarSchedules _calendars;
    private readonly UpkeepSchedule? _upkeep;
    private readonly UnfinishedChanges _unfinished;
    private readonly LiveFeed _live;
    private readonly HoldBook _holdBook;
    private readonly BulkQueue _bulkQueue;
    private bool _isStopped;

    public EmbeddedEngine(ServerOptions options, EmbeddedStore store, SecretBox secrets, IClock clock, ILoggerFactory logs)
    {
        Store = store;
        _mailbox = new FileMailbox(Path.Combine(options.Data, "sandbox.ndjson"));
        _lent = new LentToConnectors(logs, new ClockTime(clock));
        _options = options;
        _live = new LiveFeed(clock);
        _metrics.Happened = _live.Happened;
        Connectors = new ConnectorRegistry(
            BuiltInConnectors.WithPlugIns(_mailbox, options, logs), _lent.Services, logs.CreateLogger<ConnectorRegistry>());
        _bus = new InMemoryBus(envelope => _dispatcher!.Accept(envelope));
        _relay = new OutboxRelay(_bus, store.Outbox, _metrics, logs.CreateLogger<OutboxRelay>());
        Host = new EngineHost(
            EngineOptions, store.Engine, _relay, clock, JourneySet.Build(new JourneySetSource()), _metrics, logs.CreateLogger<EngineHost>());
        _holdBook = new HoldBook(store.Holds);
        _dispatcher = new Dispatcher(new DispatchOptions(), Host, store.Outbox, Connectors, _holdBook, _metrics, logs.CreateLogger<Dispatcher>());
        Receipts = new ReceiptDesk(Host, store.Outbox, logs.CreateLogger<ReceiptDesk>(), _metrics);
        Connectors.Receipts = async (account, receipts) => await Receipts.ReportAsync(account, receipts);
        var reader = new WorkspaceReader(store.Definitions, store.Ledger, secrets.Reveal, logs.CreateLogger<WorkspaceReader>());
        Registry = new JourneyRegistry(store.Definitions, reader, Connectors, Host);
        store.PersonalFields = () => Registry!.Journeys.Settings.Personal;
        Sweeps = new SweepQueue(Host, store.Definitions, store.Ledger, Registry, logs.CreateLogger<SweepQueue>());
        SegmentSweeps = new SegmentSweeps(store.Definitions, store.Ledger, Host, Registry, Sweeps);
        Changes = new DefinitionChanges(store.Definitions, Host);
        Desk = new DefinitionDesk(store.Definitions, store.Ledger, Host, Registry, SegmentSweeps, Changes) { LintContext = () => LintKnowledge.Of(Connectors) };
        Holds = new HoldDesk(store.Holds, _holdBook, Host, Registry, Changes);
        var scope = new BulkScope(store.Operations, store.Ledger, Host, Registry);
        _bulkQueue = new BulkQueue(store.Definitions, scope, Host, Changes, logs.CreateLogger<BulkQueue>());
        Bulk = new BulkDesk(store.Definitions, scope, Host, Changes, _bulkQueue);
        Operations = new JourneyOperations(store.Definitions, store.Ledger, Host, Registry, Desk, Sweeps, Changes);
        Approvals = new ApprovalDesk(store.Definitions, Host, Registry, Desk, Changes);
        Directories = new DirectorySyncs(
            Host, store.Definitions, Connectors, (account, one) => InboundEvents.Read(account, one, clock.GetCurrentInstant()), logs.CreateLogger<DirectorySyncs>());
        _unfinished = new UnfinishedChanges(
            store.Definitions, store.Ledger, Host, Registry, Operations, SegmentSweeps, store.Holds, logs.CreateLogger<UnfinishedChanges>())
        {
            Access = store.Access,
        };
        _calendars = new CalendarSchedules(QuartzTables.InSqlite(store.DatabasePath), Registry, Operations, logs.CreateLogger<CalendarSchedules>());
        var house = new HouseKeeping(
            options.Keep, options.Anchors, store.Ledger, store.Upkeep, store.Definitions, secrets, clock, logs.CreateLogger<HouseKeeping>())
        {
            HideEarlier = cancellation => new EarlierHiding(store.Earlier!, store.Definitions, Host).RunAsync("engine", cancellation),
        };
        _upkeep = house.IsWanted
            ? new UpkeepSchedule(QuartzTables.InSqlite(store.DatabasePath), house.RunAsync, logs.CreateLogger<UpkeepSchedule>())
            : null;
    }

    public EngineOptions EngineOptions { get; } = new();

    public EmbeddedStore Store { get; }

    public EngineHost Host { get; }

    IEngine IRunningEngine.Engine => Host;

    public ILiveFeed Live => _live;

    public IDeadLetters DeadLetters => NoDeadLetters.Instance;

    IDefinitionStore IRunningEngine.Definitions => Store.Definitions;

    ILedgerStore IRunningEngine.Ledger => Store.Ledger;

    /// <summary>The directory must take a page: a disk that is full or gone shows here before an event is refused.</summary>
    string? IRunningEngine.NotReady => StoreDirectoryProbe.Refusal(_options.Data);

    public ConnectorRegistry Connectors { get; }

    public ReceiptDesk Receipts { get; }

    public Dispatcher Dispatcher => _dispatcher;

    public JourneyRegistry Registry { get; }

    public DefinitionDesk Desk { get; }

    public JourneyOperations Operations { get; }

    public ApprovalDesk Approvals { get; }

    public HoldDesk Holds { get; }

    public IOperationsStore OperationsStore => Store.Operations;

    public BulkDesk Bulk { get; }

    public IReadOnlyList<KeyValuePair<string, long>> QueueDepths => [];

    public string? ProcessName => null;

    public SweepQueue Sweeps { get; }

    public DirectorySyncs Directories { get; }

    public SegmentSweeps SegmentSweeps { get; }

    public DefinitionChanges Changes { get; }

    public CalendarSchedules Calendars => _calendars;

    public ISandboxMailbox Mailbox => _mailbox;

    /// <summary>Whether it takes events in.</summary>
    public bool IsRunning { get; set; }

    public async Task StartAsync(CancellationToken cancellation)
    {
        await Registry.ReloadAsync(cancellation);
        await _holdBook.ReloadAsync(cancellation);
        await Host.StartAsync(withTimers: true, cancellation);
        await _unfinished.SettleAsync(cancellation);
        await _bus.StartAsync(cancellation);
        await _dispatcher.StartAsync(cancellation);
        await Sweeps.StartAsync(cancellation);
        await _bulkQueue.StartAsync(cancellation);
        Directories.Start();
        _live.Start();
    }

    public Task UntilDecidingAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Plans calendars, after everything else: what they missed fires at once.</summary>
    public void StartCalendars()
    {
        _calendars.Start();
        _upkeep?.Start();
    }

    public async Task StopAsync()
    {
        IsRunning = false;
        if (_isStopped)
        {
            return;
        }
        _isStopped = true;
        await _calendars.DisposeAsync();
        if (_upkeep is not null)
        {
            await _upkeep.DisposeAsync();
        }
        await Sweeps.DisposeAsync();
        await _bulkQueue.DisposeAsync();
        await Directories.DisposeAsync();
        // Calls under way end first, and their outcomes still reach the loop.
        await _dispatcher.DisposeAsync();
        await Host.StopAsync();
        await _relay.DisposeAsync();
        await _bus.DisposeAsync();
        await Connectors.DisposeAsync();
        await _live.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Host.DisposeAsync();
        Registry.Dispose();
        _mailbox.Dispose();
        _lent.Dispose();
        _metrics.Dispose();
        Store.Dispose();
    }
}
