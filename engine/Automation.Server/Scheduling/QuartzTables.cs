using Microsoft.Data.Sqlite;
using Npgsql;
using Quartz;

namespace Automation.Server.Scheduling;

/// <summary>
/// Where Quartz keeps what is planned. What was missed while no process ran fires once, at once, whatever number of times it was missed;
/// after that it goes by the calendar again.
/// </summary>
internal static class QuartzTables
{
    /// <summary>Beside the embedded store's tables. The pool is Quartz's own: the engine's connections never wait for it longer than one of its short transactions.</summary>
    public static Action<IPersistentStoreBuilder> InSqlite(string databasePath) => store => store
        .UseSqlite(SqliteFactory.Instance, new SqliteConnectionStringBuilder { DataSource = databasePath, DefaultTimeout = 30 }.ToString())
        .ProvisionSchema();

    /// <summary>In PostgreSQL, shared by all workers: a calendar fires on one of them, and on another when that one dies.</summary>
    public static Action<IPersistentStoreBuilder> InPostgres(string connection) => store => store
        .UsePostgres(NpgsqlFactory.Instance, connection)
        .UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(5))
        .ProvisionSchema();
}
