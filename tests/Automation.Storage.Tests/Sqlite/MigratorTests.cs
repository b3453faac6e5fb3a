using Automation.Runtime.Ports;
using Automation.Storage.Sqlite;
using Xunit;

namespace Automation.Storage.Tests.Sqlite;

public sealed class MigratorTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("automation-migrations-");

    private string Database => Path.Combine(_directory.FullName, "automation.db");

    [Fact]
    public async Task An_older_database_is_brought_up_to_date_with_what_is_in_it()
    {
        using (var old = SqliteDatabase.OpenWriter(Database))
        {
            Migrator.Migrate(old, [.. SqlText.Migrations.Take(2)]);
            old.Execute("INSERT INTO contact VALUES (9, NULL, x'00')");
            Assert.Equal(2, old.Scalar("PRAGMA user_version"));
        }

        using (var store = EmbeddedStore.Open(_directory.FullName))
        {
            Assert.Equal(10, (await store.Engine.HeadAsync(0, default)).NextContactId);
        }
        using var now = SqliteDatabase.OpenReader(Database);
        Assert.Equal(SqlText.Migrations.Count, now.Scalar("PRAGMA user_version"));
    }

    [Fact]
    public void A_migration_that_fails_leaves_nothing()
    {
        using var database = SqliteDatabase.OpenWriter(Database);

        Assert.ThrowsAny<Exception>(() => Migrator.Migrate(database, [SqlText.Migrations[0], "CREATE TABLE half (id INTEGER); nonsense"]));

        Assert.Equal(0, database.Scalar("PRAGMA user_version"));
        Assert.Equal(0, database.Scalar("SELECT count(*) FROM sqlite_master"));
    }

    [Fact]
    public void A_database_of_the_future_is_refused()
    {
        using (var database = SqliteDatabase.OpenWriter(Database))
        {
            database.Execute("PRAGMA user_version = 999");
        }

        Assert.Equal("store_too_new", Assert.Throws<StoreUnusableException>(() => EmbeddedStore.Open(_directory.FullName)).Code);
        Assert.Equal("store_too_new", Assert.Throws<StoreUnusableException>(() => EmbeddedStore.OpenReadOnly(_directory.FullName)).Code);
    }

    [Fact]
    public void Who_only_looks_does_not_migrate()
    {
        using (var database = SqliteDatabase.OpenWriter(Database))
        {
            Migrator.Migrate(database, [.. SqlText.Migrations.Take(1)]);
        }

        Assert.Equal("store_outdated", Assert.Throws<StoreUnusableException>(() => EmbeddedStore.OpenReadOnly(_directory.FullName)).Code);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
