using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>Brings a database to the newest schema: each migration once, in order, all in one transaction.</summary>
internal static class Migrator
{
    public static void Migrate(SqliteDatabase database) => Migrate(database, SqlText.Migrations);

    public static void Migrate(SqliteDatabase database, IReadOnlyList<string> migrations)
    {
        if (VersionOf(database) == migrations.Count)
        {
            return;
        }
        database.Write(() =>
        {
            var version = VersionOf(database);
            RefuseNewer(version, migrations.Count);
            foreach (var migration in migrations.Skip((int)version))
            {
                database.Execute(migration);
            }
            database.Execute(FormattableString.Invariant($"PRAGMA user_version = {migrations.Count}"));
            return version;
        });
    }

    /// <summary>For who only reads: the schema must be there already.</summary>
    public static void RequireCurrent(SqliteDatabase database)
    {
        var version = VersionOf(database);
        RefuseNewer(version, SqlText.Migrations.Count);
        if (version < SqlText.Migrations.Count)
        {
            throw new StoreUnusableException(
                "store_outdated",
                $"Expected schema {SqlText.Migrations.Count}, but the database has {version}: start the server once, and it brings it up to date.");
        }
    }

    private static void RefuseNewer(long version, int known)
    {
        if (version > known)
        {
            throw new StoreUnusableException(
                "store_too_new", $"Expected at most schema {known}, but the database has {version}: a newer engine wrote it.");
        }
    }

    private static long VersionOf(SqliteDatabase database) => database.Scalar("PRAGMA user_version");
}
