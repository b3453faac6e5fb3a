using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Personal;
using Automation.Storage.Sqlite;

namespace Automation.Storage;

/// <summary>
/// The embedded store: one SQLite file in a data directory, with nothing to install. Opened by one process for writing, and by any
/// number for reading beside it.
/// </summary>
public sealed class EmbeddedStore : IDisposable
{
    private readonly StoreDirectory? _directory;
    private readonly WriteTurn _turn = new();
    private readonly ReaderPool _readers;
    private readonly SqliteEngineStore? _engine;
    private readonly SqliteDefinitionStore _definitions;
    private readonly SqliteHoldStore _holds;
    private readonly SqliteAccessStore _access;
    private readonly LedgerRetention _retention;
    private readonly SqliteContactKeys _keys;
    private readonly IEngineStore? _hiding;

    private EmbeddedStore(string databasePath, StoreDirectory? directory)
    {
        DatabasePath = databasePath;
        _directory = directory;
        _engine = directory is null ? null : new SqliteEngineStore(databasePath, _turn);
        _readers = new ReaderPool(databasePath);
        _definitions = new SqliteDefinitionStore(_readers, _turn, OpenWriter);
        _holds = new SqliteHoldStore(_readers, _turn, OpenWriter);
        _access = new SqliteAccessStore(_readers, _turn, OpenWriter);
        _retention = new LedgerRetention(_readers, _turn, OpenWriter);
        _keys = new SqliteContactKeys(_readers, _turn, OpenWriter);
        Ledger = new SqliteLedgerStore(_readers);
        Outbox = new SqliteOutboxStore(_readers);
        Operations = new SqliteOperationsStore(_readers);
        if (RingOf(Path.GetDirectoryName(databasePath)!, mayMake: directory is not null, _keys) is { } ring)
        {
            var cipher = new PersonalCipher(ring, _keys, () => PersonalFields());
            _hiding = _engine is null ? null : new HidingEngineStore(_engine, cipher);
            Ledger = new HidingLedgerStore(Ledger, cipher);
            Outbox = new HidingOutboxStore(Outbox, cipher);
            Operations = new HidingOperationsStore(Operations, cipher);
            Personal = new PersonalKeys(ring, _keys);
            Earlier = new EarlierValues(_keys, () => new PersonalCipher(ring, _keys, () => PersonalFields()));
        }
    }

    /// <summary>The SQLite file, for who keeps tables of their own in it.</summary>
    public string DatabasePath { get; }

    /// <summary>Only for a store that was opened for writing.</summary>
    public IEngineStore Engine => _hiding ?? throw ReadOnly();

    /// <summary>For tests that fill the disk or look at what was written.</summary>
    internal SqliteDatabase Writer => (_engine ?? throw ReadOnly()).Writer;

    public ILedgerStore Ledger { get; }

    public IOutboxStore Outbox { get; }

    public IOperationsStore Operations { get; }

    public IDefinitionStore Definitions => _definitions;

    public IHoldStore Holds => _holds;

    public IAccessStore Access => _access;

    /// <summary>Drops what is older than it is to be kept.</summary>
    public ILedgerUpkeep Upkeep => _retention;

    /// <summary>The ring of keys and what is wrapped in it; null for who looks without having it.</summary>
    public PersonalKeys? Personal { get; }

    /// <summary>What was written before it was personal; null for who looks without the ring.</summary>
    public IEarlierValues? Earlier { get; }

    /// <summary>Which fields are personal now; the workspace's own change with its settings.</summary>
    public Func<PersonalFields> PersonalFields { get; set; } = static () => Core.Primitives.PersonalFields.Default;

    /// <summary>Creates what is missing and brings an older schema up to date. Throws <see cref="StoreUnusableException"/> while another process has it.</summary>
    public static EmbeddedStore Open(string dataDirectory)
    {
        var directory = StoreDirectory.Lock(dataDirectory);
        try
        {
            var store = new EmbeddedStore(StoreDirectory.DatabasePath(dataDirectory), directory);
            store.Personal!.HideEarlierIdentities();
            return store;
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>For looking only; a server may be running on the same directory.</summary>
    public static EmbeddedStore OpenReadOnly(string dataDirectory)
    {
        var path = StoreDirectory.DatabasePath(dataDirectory);
        if (!File.Exists(path))
        {
            throw new StoreUnusableException("store_missing", $"Expected a store in {dataDirectory}, but there is none.");
        }
        using (var probe = SqliteDatabase.OpenReader(path))
        {
            Migrator.RequireCurrent(probe);
        }
        return new EmbeddedStore(path, null);
    }

    public void Dispose()
    {
        _turn.Dispose();
        _readers.Dispose();
        _definitions.Dispose();
        _holds.Dispose();
        _access.Dispose();
        _retention.Dispose();
        _keys.Dispose();
        _engine?.Dispose();
        _directory?.Dispose();
    }

    // A new ring beside keys that were wrapped in another would hide what is new and lose what is there.
    private static PersonalKeyRing? RingOf(string directory, bool mayMake, SqliteContactKeys keys)
    {
        var any = keys.Any();
        if (File.Exists(Path.Combine(directory, KeyRingFile.Name)) || (any is null && mayMake))
        {
            var ring = KeyRingFile.OpenOrCreate(directory);
            ring.Check(any);
            return ring;
        }
        return mayMake ? throw PersonalKeyRing.Missing(any!.Value.Ring) : null;
    }

    private SqliteDatabase OpenWriter() => _engine is null ? throw ReadOnly() : SqliteDatabase.OpenWriter(DatabasePath);

    private static StoreUnusableException ReadOnly() =>
        new("store_read_only", "Expected a store that was opened for writing, but this one was opened for looking only.");
}
