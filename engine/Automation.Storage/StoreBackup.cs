using Automation.Runtime.Ports;
using Automation.Storage.Personal;
using Automation.Storage.Sqlite;

namespace Automation.Storage;

/// <summary>
/// Copies an embedded store as it stands at one moment, also while an engine writes it: SQLite's <c>VACUUM INTO</c> reads one unchanging
/// view and hinders no commit. What comes out is a data directory like any other.
/// </summary>
public static class StoreBackup
{
    /// <summary>What the data directory holds beside the database and a copy needs too: the keys that hide accounts' secrets and personal data.</summary>
    private static readonly string[] Secrets = ["secrets.key", KeyRingFile.Name];

    /// <param name="into">A directory that is made here; it must not be there, or be empty.</param>
    /// <returns>Bytes of the copied database.</returns>
    /// <exception cref="StoreUnusableException">There is no store, or something stands where the copy should go.</exception>
    public static long Make(string dataDirectory, string into)
    {
        // Also looks whether the schema is one that this program knows.
        EmbeddedStore.OpenReadOnly(dataDirectory).Dispose();
        if (Directory.Exists(into) && Directory.EnumerateFileSystemEntries(into).Any())
        {
            throw new StoreUnusableException("backup_not_empty", $"Expected {into} to be empty or not there, but it has files in it.");
        }
        using (StoreDirectory.Lock(into))
        {
            var path = StoreDirectory.DatabasePath(into);
            // Under another name until it is whole: half a copy must not look like a store.
            var half = path + ".part";
            using (var database = SqliteDatabase.OpenReader(StoreDirectory.DatabasePath(dataDirectory)))
            {
                database.CopyInto(half);
            }
            using (var file = new FileStream(half, FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
            }
            CopySecrets(dataDirectory, into);
            File.Move(half, path);
            return new FileInfo(path).Length;
        }
    }

    private static void CopySecrets(string from, string into)
    {
        foreach (var name in Secrets.Where(name => File.Exists(Path.Combine(from, name))))
        {
            // A copy keeps the rights of the file.
            File.Copy(Path.Combine(from, name), Path.Combine(into, name));
        }
    }
}
