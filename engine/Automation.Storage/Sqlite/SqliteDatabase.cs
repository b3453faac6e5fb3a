using System.Text;
using Automation.Runtime.Ports;
using SQLitePCL;

namespace Automation.Storage.Sqlite;

/// <summary>
/// One connection to the embedded database, and the statements prepared on it, kept for its life. Not safe for two threads at
/// once; whoever owns it takes turns.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusyMilliseconds = 5_000;

    private readonly sqlite3 _handle;
    private readonly string _path;
    private readonly List<SqliteStatement> _statements = [];
    private readonly Dictionary<string, SqliteStatement> _texts = new(StringComparer.Ordinal);
    private SqliteStatement? _begin;
    private SqliteStatement? _commit;

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(sqlite3 handle, string path)
    {
        _handle = handle;
        _path = path;
    }

    /// <summary>Reads and writes; creates the file when it is not there. A commit returns after the disk has it.</summary>
    public static SqliteDatabase OpenWriter(string path)
    {
        var database = Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        database.Execute("PRAGMA journal_mode = WAL");
        database.Execute("PRAGMA synchronous = FULL");
        database.Execute("PRAGMA foreign_keys = OFF");
        database.Execute("PRAGMA cache_size = -65536");
        // Measured against the usual 1,000: half as many events again a second, for the hand-written floor as for the engine.
        database.CheckpointsItself(Checkpoints.PagesDefault);
        database.Execute("PRAGMA journal_size_limit = 134217728");
        return database;
    }

    public static SqliteDatabase OpenReader(string path, int cacheKilobytes = 8192)
    {
        var database = Open(path, raw.SQLITE_OPEN_READONLY);
        database.Execute(FormattableString.Invariant($"PRAGMA cache_size = -{cacheKilobytes}"));
        return database;
    }

    /// <summary>In the commit after which so many pages stand in the log; 0 for never.</summary>
    public void CheckpointsItself(int pages) => Execute(FormattableString.Invariant($"PRAGMA wal_autocheckpoint = {pages}"));

    /// <summary>Copies what no reader needs any more from the log, without waiting for anybody. What went wrong is left for the next time.</summary>
    public bool TryCheckpoint() => raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _) == raw.SQLITE_OK;

    /// <summary>Copies the whole log and cuts it to nothing, if no reader needs it.</summary>
    public bool TryEmptyLog() => raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _) == raw.SQLITE_OK;

    /// <summary>Pages that this connection wrote into the log since it was last asked.</summary>
    public long TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(_handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1));
        return pages;
    }

    /// <summary>Writes a whole copy into a file that is not there yet.</summary>
    public void CopyInto(string path)
    {
        using var copy = new SqliteStatement(this, Prepared("VACUUM INTO ?1"));
        copy.BindText(1, Encoding.UTF8.GetBytes(path)).Run();
    }

    /// <summary>Rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>A statement of <c>Queries/</c>, for as long as the connection lives.</summary>
    public SqliteStatement Prepare(string query) => PrepareText(SqlText.Query(query));

    public SqliteStatement PrepareText(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        var prepared = new SqliteStatement(this, statement);
        _statements.Add(prepared);
        return prepared;
    }

    /// <summary>What was asked for so far, for tests that look at the plans.</summary>
    public IEnumerable<string> Texts => _texts.Keys;

    /// <summary>Like <see cref="PrepareText"/>, and the same statement for the same text: for queries that filters put together.</summary>
    public SqliteStatement PrepareOnce(string sql)
    {
        if (!_texts.TryGetValue(sql, out var statement))
        {
            _texts[sql] = statement = PrepareText(sql);
        }
        return statement;
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>Takes the one write turn of the file; waits for it at most five seconds.</summary>
    public void BeginWriting() => (_begin ??= PrepareText("BEGIN IMMEDIATE")).Run();

    public void Commit() => (_commit ??= PrepareText("COMMIT")).Run();

    /// <summary>Undoes what was begun. SQLite has undone it already after some errors, such as a full disk.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_handle) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    /// <summary>Runs the readings on one unchanging view of the database; locks are taken once and not for each statement.</summary>
    public T Read<T>(Func<T> reading)
    {
        Execute("BEGIN");
        try
        {
            return reading();
        }
        finally
        {
            Rollback();
        }
    }

    public T Write<T>(Func<T> writing)
    {
        BeginWriting();
        try
        {
            var result = writing();
            Commit();
            return result;
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    public long Scalar(string sql)
    {
        using var statement = new SqliteStatement(this, Prepared(sql));
        return statement.Step() ? statement.Long(0) : 0;
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw Failure();
        }
    }

    /// <summary>What the last call ran into, as one of the errors the ports speak of.</summary>
    public Exception Failure()
    {
        var code = raw.sqlite3_extended_errcode(_handle);
        return SqliteFailure.Of(code, raw.sqlite3_errmsg(_handle).utf8_to_string(), Path.GetFileName(_path));
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }
        _handle.Dispose();
    }

    private static SqliteDatabase Open(string path, int flags)
    {
        // No mutex: each connection has one user at a time anyway.
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw new StoreUnusableException("store_not_opened", $"Expected a database at {Path.GetFileName(path)}, but it cannot be opened (SQLite error {code}).");
        }
        raw.sqlite3_extended_result_codes(handle, 1);
        raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
        return new SqliteDatabase(handle, path);
    }

    private sqlite3_stmt Prepared(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, Encoding.UTF8.GetBytes(sql), out var statement));
        return statement;
    }
}
