using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>
/// Connections to one database. The loops' have plans fixed for them: they look up a few hundred keys at a time, whatever the tables' size,
/// so the planner is not asked each time and cannot be tempted by a small table. Readers' are planned as usual.
/// </summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private const int SessionNameMax = 63;

    private PostgresDatabase(NpgsqlDataSource loops, NpgsqlDataSource readers)
    {
        Loops = loops;
        Readers = readers;
    }

    public NpgsqlDataSource Loops { get; }

    public NpgsqlDataSource Readers { get; }

    public static PostgresDatabase Open(string connectionString, string node) => new(
        Source(connectionString, node, "-c jit=off -c plan_cache_mode=force_generic_plan -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off"),
        Source(connectionString, node, "-c jit=off"));

    /// <summary>What sessions of a node are called in <c>pg_stat_activity</c>.</summary>
    public static string SessionName(string node)
    {
        var name = "automation " + node;
        return name.Length <= SessionNameMax ? name : name[..SessionNameMax];
    }

    /// <summary>
    /// Reads over a pooled connection, and once more over a new one where that one turned out to be dead: a server that was restarted
    /// ended all of them, and says so only when they are used.
    /// </summary>
    public async ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await Readers.OpenConnectionAsync(cancellation);
            return await read(connection);
        }
        catch (Exception error) when (PostgresFailure.IsLostConnection(error) && !cancellation.IsCancellationRequested)
        {
            // The others in the pool are as old.
            Readers.Clear();
        }
        await using var another = await Readers.OpenConnectionAsync(cancellation);
        return await read(another);
    }

    /// <summary>All rows of one query, read as <see cref="ReadAsync"/> does.</summary>
    public ValueTask<List<T>> RowsAsync<T>(
        string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params NpgsqlParameter[] parameters) => ReadAsync(
        async connection =>
        {
            await using var statements = new Statements(connection);
            // A parameter belongs to one command, and this may be the second one.
            statements.Add(query, Array.ConvertAll(parameters, parameter => parameter.Clone()));
            var rows = new List<T>();
            await using var reader = await statements.ReadAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add(read(reader));
            }
            return rows;
        },
        cancellation);

    public async ValueTask DisposeAsync()
    {
        await Loops.DisposeAsync();
        await Readers.DisposeAsync();
    }

    private static NpgsqlDataSource Source(string connectionString, string node, string options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = SessionName(node),
            // Each text is prepared once for each connection; there are some dozens.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            // Our sessions change nothing that would have to be set back.
            NoResetOnClose = true,
            // Lists and verifications read megabytes; eight kilobytes at a time is a call to the system for every few rows.
            ReadBufferSize = 64 * 1024,
        };
        settings.Options = string.IsNullOrEmpty(settings.Options) ? options : settings.Options + " " + options;
        return NpgsqlDataSource.Create(settings);
    }
}
