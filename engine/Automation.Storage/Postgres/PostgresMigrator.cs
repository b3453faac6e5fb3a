using Automation.Runtime.Ports;
using Automation.Runtime.Partitions;
using Automation.Storage.Ledger;
using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>
/// Brings a database to the newest schema: each migration once, in order, all in one transaction, under a lock that has nodes which
/// start together do it one after the other.
/// </summary>
internal static class PostgresMigrator
{
    // "AUTOMATI" in ASCII: any number that nobody else takes for an advisory lock.
    private const long Lock = 0x4155544F4D415449;

    public static Task<int> MigrateAsync(NpgsqlDataSource source, int partitions, CancellationToken cancellation) =>
        MigrateAsync(source, partitions, PostgresSql.Migrations, cancellation);

    /// <returns>How many partitions the store has.</returns>
    public static async Task<int> MigrateAsync(NpgsqlDataSource source, int partitions, IReadOnlyList<string> migrations, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, FormattableString.Invariant($"SELECT pg_advisory_xact_lock({Lock})"), cancellation);
        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)", cancellation);
        var version = await VersionAsync(connection, cancellation);
        RefuseNewer(version, migrations.Count);
        if (version < migrations.Count)
        {
            foreach (var migration in migrations.Skip(version))
            {
                await ExecuteAsync(connection, migration, cancellation);
            }
            await ExecuteAsync(connection, "DELETE FROM schema_version", cancellation);
            await ExecuteAsync(connection, FormattableString.Invariant($"INSERT INTO schema_version VALUES ({migrations.Count})"), cancellation);
        }
        if (migrations.Count == PostgresSql.Migrations.Count)
        {
            await ExecuteAsync(connection, PostgresSql.Query("count_uncounted"), cancellation);
        }
        var made = await PartitionsAsync(connection, partitions, cancellation);
        await transaction.CommitAsync(cancellation);
        return made;
    }

    /// <summary>For who only reads: the schema must be there already.</summary>
    public static async Task<int> RequireCurrentAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var asked = new NpgsqlCommand("SELECT to_regclass('schema_version') IS NOT NULL", connection);
        if (await asked.ExecuteScalarAsync(cancellation) is not true)
        {
            throw new StoreUnusableException("store_missing", "Expected a store in the database, but there is none: start the server once, and it makes one.");
        }
        var version = await VersionAsync(connection, cancellation);
        RefuseNewer(version, PostgresSql.Migrations.Count);
        if (version < PostgresSql.Migrations.Count)
        {
            throw new StoreUnusableException(
                "store_outdated",
                $"Expected schema {PostgresSql.Migrations.Count}, but the database has {version}: start the server once, and it brings it up to date.");
        }
        await using var count = new NpgsqlCommand("SELECT partitions FROM store", connection);
        return (int)(await count.ExecuteScalarAsync(cancellation))!;
    }

    // The number of partitions is part of every contact's id and of where each event goes, so it is decided once.
    private static async Task<int> PartitionsAsync(NpgsqlConnection connection, int wanted, CancellationToken cancellation)
    {
        await using (var asked = new NpgsqlCommand("SELECT partitions FROM store", connection))
        {
            if (await asked.ExecuteScalarAsync(cancellation) is int made)
            {
                return made == wanted
                    ? made
                    : throw new StoreUnusableException(
                        "partitions_mismatch", $"Expected the {made} partitions that the store was made with, but the configuration says {wanted}.");
            }
        }
        await ExecuteAsync(connection, FormattableString.Invariant($"INSERT INTO store (partitions) VALUES ({wanted})"), cancellation);
        for (var partition = 0; partition < wanted; partition++)
        {
            await using var insert = new NpgsqlCommand(
                "INSERT INTO partition_head VALUES ($1, 0, 1, $2, 0, $3, $4, 0)", connection)
            {
                Parameters =
                {
                    new() { Value = partition }, new() { Value = PartitionedNumber.Of(partition, 1) }, new() { Value = Guid.Empty },
                    new() { Value = SealBuilder.Origin },
                },
            };
            await insert.ExecuteNonQueryAsync(cancellation);
            await ExecuteAsync(
                connection, FormattableString.Invariant($"INSERT INTO partition_lease VALUES ({partition}, NULL, 0, 'epoch')"), cancellation);
        }
        return wanted;
    }

    private static void RefuseNewer(int version, int known)
    {
        if (version > known)
        {
            throw new StoreUnusableException(
                "store_too_new", $"Expected at most schema {known}, but the database has {version}: a newer engine wrote it.");
        }
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT max(version) FROM schema_version", connection);
        return await command.ExecuteScalarAsync(cancellation) is int version ? version : 0;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
