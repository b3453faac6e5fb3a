using Automation.Runtime.Ports;
using SQLitePCL;

namespace Automation.Storage.Sqlite;

/// <summary>SQLite's result codes as the errors the ports speak of.</summary>
internal static class SqliteFailure
{
    public static Exception Of(int code, string text, string file) => (code & 0xFF) switch
    {
        raw.SQLITE_FULL => new StoreFullException($"Expected room for the batch, but the disk of {file} is full.", Inner(code, text)),
        raw.SQLITE_IOERR => new StoreFullException($"Expected {file} to take the batch, but the disk does not.", Inner(code, text)),
        raw.SQLITE_CONSTRAINT => new StoreConflictException($"Expected rows that are new, but one is there already: {text}.", Inner(code, text)),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            Unusable("store_corrupt", $"Expected {file} to be a sound database, but it is damaged: restore a backup."),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            Unusable("store_locked", $"Expected the turn to write {file} within five seconds, but another process holds it."),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            Unusable("store_read_only", $"Expected to be allowed to write {file}, but it is read-only."),
        raw.SQLITE_CANTOPEN => Unusable("store_not_opened", $"Expected to open {file}, but it cannot be opened."),
        _ => Unusable("store_failed", $"Expected {file} to answer, but SQLite says {code}: {text}."),
    };

    private static StoreUnusableException Unusable(string code, string message) => new(code, message);

    private static InvalidOperationException Inner(int code, string text) => new($"SQLite error {code}: {text}.");
}
