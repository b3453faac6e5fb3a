using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Personal;
using Automation.Storage.Postgres;
using NodaTime;

namespace Automation.Storage;

/// <summary>The store on a PostgreSQL server: any number of processes write it at once, each the partitions it holds.</summary>
public sealed class PostgresStore : IPartitionedStore, ILedgerUpkeep
{
    private readonly PostgresDatabase _database;
    private readonly LedgerPeriods _periods;
    private readonly PostgresTallies _tallies;
    private readonly PostgresDefinitionStore _definitions;
    private readonly PostgresOutboxStore _outbox;
    private readonly PersonalCipher? _cipher;
    private readonly string _node;

    private PostgresStore(PostgresDatabase database, PostgresOptions options, int partitions)
    {
        _database = database;
        _node = options.Node;
        _periods = new LedgerPeriods(database, options.Period);
        _tallies = new PostgresTallies(database);
        _definitions = new PostgresDefinitionStore(database);
        _outbox = new PostgresOutboxStore(database);
        Holds = new PostgresHoldStore(database);
        Partitions = partitions;
        Ledger = new PostgresLedgerStore(database, partitions);
        Operations = new PostgresOperationsStore(database, partitions);
        Outbox = _outbox;
        if (options.PersonalKeys is { } ring)
        {
            var keys = new PostgresContactKeys(database);
            _cipher = new PersonalCipher(ring, keys, () => PersonalFields());
            Ledger = new HidingLedgerStore(Ledger, _cipher);
            Outbox = new HidingOutboxStore(_outbox, _cipher);
            Operations = new HidingOperationsStore(Operations, _cipher);
            Personal = new PersonalKeys(ring, keys);
            Earlier = new EarlierValues(keys, () => new PersonalCipher(ring, keys, () => PersonalFields()));
        }
        Access = new PostgresAccessStore(database);
        Leases = new PostgresPartitionLeases(database, partitions);
    }

    public int Partitions { get; }

    public ILedgerStore Ledger { get; }

    public IOutboxStore Outbox { get; }

    /// <summary>The ring of keys and what is wrapped in it; null where none was given.</summary>
    public PersonalKeys? Personal { get; }

    public IEarlierValues? Earlier { get; }

    /// <summary>Which fields are personal now; the workspace's own change with its settings.</summary>
    public Func<PersonalFields> PersonalFields { get; set; } = static () => Core.Primitives.PersonalFields.Default;

    public IIntentClaims Claims => _outbox;

    public IDefinitionStore Definitions => _definitions;

    public IHoldStore Holds { get; }

    public IOperationsStore Operations { get; }

    public IAccessStore Access { get; }

    public IDefinitionChanges Changes => _definitions;

    public IPartitionLeases Leases { get; }

    public ILedgerUpkeep Upkeep => this;

    /// <summary>For tests that look at what was written.</summary>
    internal PostgresDatabase Database => _database;

    /// <summary>Creates what is missing and brings an older schema up to date.</summary>
    public static async Task<PostgresStore> OpenAsync(PostgresOptions options, CancellationToken cancellation = default)
    {
        var store = await OpenAsync(options, database => PostgresMigrator.MigrateAsync(database.Readers, options.Partitions, cancellation));
        try
        {
            await store.CheckKeysAsync(options.PersonalKeys, cancellation);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>For looking only: nothing is made or brought up to date, and the number of partitions is the store's own.</summary>
    public static Task<PostgresStore> OpenReadOnlyAsync(PostgresOptions options, CancellationToken cancellation = default) => OpenAsync(
        options, database => PostgresMigrator.RequireCurrentAsync(database.Readers, cancellation));

    public IPartitionStore Engine(PartitionLease lease)
    {
        var store = new PostgresEngineStore(_database, _periods, _tallies, lease, Partitions, _node);
        return _cipher is null ? store : new HidingEngineStore(store, _cipher);
    }

    public ValueTask MakePeriodsAsync(Instant now, CancellationToken cancellation = default) =>
        _periods.MakeAheadAsync(now.ToUnixTimeMilliseconds(), cancellation);

    /// <summary>The chain of seals stays verifiable from where nothing was dropped; contacts can be rebuilt no more from their records alone.</summary>
    public Task<LedgerDropped> DropAsync(LedgerCuts cuts, CancellationToken cancellation = default) => new LedgerRetention(_database).DropAsync(cuts, cancellation);

    public async ValueTask DisposeAsync()
    {
        _periods.Dispose();
        await _database.DisposeAsync();
    }

    // Without the ring, or with another, what is new would be hidden otherwise and what is there be lost.
    private async Task CheckKeysAsync(PersonalKeyRing? ring, CancellationToken cancellation)
    {
        var any = await new PostgresContactKeys(_database).AnyAsync(cancellation);
        if (ring is null && any is { } wrapped)
        {
            throw PersonalKeyRing.Missing(wrapped.Ring);
        }
        ring?.Check(any);
        if (Personal is { } keys)
        {
            await keys.HideEarlierIdentitiesAsync(cancellation);
        }
    }

    private static async Task<PostgresStore> OpenAsync(PostgresOptions options, Func<PostgresDatabase, Task<int>> prepare)
    {
        var database = PostgresDatabase.Open(options.ConnectionString, options.Node);
        try
        {
            return new PostgresStore(database, options, await prepare(database));
        }
        catch (Exception error)
        {
            await database.DisposeAsync();
            if (PostgresFailure.OfOpening(error) is var known && known != error)
            {
                throw known;
            }
            throw;
        }
    }
}
