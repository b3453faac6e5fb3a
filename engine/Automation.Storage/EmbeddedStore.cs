using Automation.Runtime.Ports;
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
        Ledger = new SqliteLedgerStore(_readers);
        Outbox = new SqliteOutboxStore(_readers);
    }

    /// <summary>The SQLite file, for who keeps tables of their own in it.</summary>
    public string DatabasePath { get; }

    /// <summary>Only for a store that was opened for writing.</summary>
    public IEngineStore Engine => _engine ?? throw ReadOnly();

    public ILedgerStore Ledger { get; }

    public IOutboxStore Outbox { get; }

    public IDefinitionStore Definitions => _definitions;

    public IHoldStore Holds => _holds;

    public IAccessStore Access => _access;

    /// <summary>Drops what is older than it is to be kept.</summary>
    public ILedgerUpkeep Upkeep => _retention;

    /// <summary>Creates what is missing and brings an older schema up to date. Throws <see cref="StoreUnusableException"/> while another process has it.</summary>
    public static EmbeddedStore Open(string dataDirectory)
    {
        var directory = StoreDirectory.Lock(dataDirectory);
        try
        {
            return new EmbeddedStore(StoreDirectory.DatabasePath(dataDirectory), directory);
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
        _engine?.Dispose();
        _directory?.Dispose();
    }

    private SqliteDatabase OpenWriter() => _engine is null ? throw ReadOnly() : SqliteDatabase.OpenWriter(DatabasePath);

    private static StoreUnusableException ReadOnly() =>
        new("store_read_only", "Expected a store that was opened for writing, but this one was opened for looking only.");
}
