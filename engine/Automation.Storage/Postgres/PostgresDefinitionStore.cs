using Automation.Runtime.Ports;
using NodaTime;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>
/// Documents as people wrote them; deleting leaves the versions, as in the embedded store. Each change also counts up one number, which
/// tells other nodes to look again.
/// </summary>
internal sealed class PostgresDefinitionStore(PostgresDatabase database) : IDefinitionStore, IDefinitionChanges
{
    public async ValueTask<IReadOnlyList<Definition>> ListAsync(string kind, CancellationToken cancellation) => await DefinitionsAsync(kind, null, cancellation);

    public async ValueTask<Definition?> FindAsync(string kind, string key, CancellationToken cancellation) =>
        (await DefinitionsAsync(kind, key, cancellation)).FirstOrDefault();

    public async ValueTask<IReadOnlyList<DefinitionVersion>> VersionsAsync(string kind, string key, CancellationToken cancellation) => await database.RowsAsync(
        "definition_versions",
        static row => new DefinitionVersion(row.GetInt32(0), row.GetString(1), Time(row, 2), row.GetString(3)),
        cancellation, Of(kind), Of(key));

    public async ValueTask<bool> SaveDraftAsync(
        string kind, string key, string document, int expectedRevision, Instant at, string actor, CancellationToken cancellation) =>
        await ChangeAsync(
            async (connection, token) =>
            {
                await using var statements = new Statements(connection);
                var (time, who) = (Of(at.ToUnixTimeMilliseconds()), Of(actor));
                _ = expectedRevision == 0
                    ? statements.Add("insert_draft", Of(kind), Of(key), Of(document), time, who)
                    : statements.Add("update_draft", Of(kind), Of(key), Of(document), time, who, Of(expectedRevision));
                return await statements.RunAsync(token) == 1;
            },
            cancellation);

    public async ValueTask<int> PublishAsync(string kind, string key, string document, Instant at, string actor, CancellationToken cancellation) =>
        await ChangeAsync(
            async (connection, token) =>
            {
                var time = at.ToUnixTimeMilliseconds();
                await using var insert = new NpgsqlCommand(PostgresSql.Query("insert_definition_version"), connection)
                {
                    Parameters = { Of(kind), Of(key), Of(document), Of(time), Of(actor) },
                };
                var version = (int)(await insert.ExecuteScalarAsync(token))!;
                await using var statements = new Statements(connection);
                statements.Add("publish_definition", Of(kind), Of(key), Of(version), Of(time), Of(actor));
                await statements.RunAsync(token);
                return version;
            },
            cancellation);

    public async ValueTask SetStateAsync(string kind, string key, string? state, CancellationToken cancellation) =>
        await RunAsync("set_definition_state", cancellation, Of(kind), Of(key), OfOptional(state));

    public async ValueTask DeleteAsync(string kind, string key, CancellationToken cancellation) =>
        await RunAsync("delete_definition", cancellation, Of(kind), Of(key));

    public async ValueTask<long> RevisionAsync(CancellationToken cancellation) =>
        (await database.RowsAsync("definition_revision", static row => row.GetInt64(0), cancellation))[0];

    private ValueTask<List<Definition>> DefinitionsAsync(string kind, string? key, CancellationToken cancellation) => database.RowsAsync(
        "definitions",
        static row => new Definition(
            row.GetString(0), row.GetString(1), Text(row, 2), row.GetInt32(3), row.GetInt32(4), Text(row, 5), Text(row, 6), Time(row, 7), row.GetString(8)),
        cancellation, Of(kind), OfOptional(key));

    private Task<bool> RunAsync(string query, CancellationToken cancellation, params NpgsqlParameter[] parameters) => ChangeAsync(
        async (connection, token) =>
        {
            await using var statements = new Statements(connection);
            statements.Add(query, parameters);
            return await statements.RunAsync(token) >= 0;
        },
        cancellation);

    private async Task<T> ChangeAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> change, CancellationToken cancellation)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var count = new Statements(connection))
        {
            count.Add("next_definition_revision");
            await count.RunAsync(cancellation);
        }
        var result = await change(connection, cancellation);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Instant Time(NpgsqlDataReader row, int column) => Instant.FromUnixTimeMilliseconds(row.GetInt64(column));
}
