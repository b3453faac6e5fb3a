using Automation.Runtime.Approvals;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using NodaTime;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>
/// Documents as people wrote them; deleting leaves the versions, as in the embedded store. Each change also counts up one number, which
/// tells other nodes to look again.
/// </summary>
internal sealed class PostgresDefinitionStore : IDefinitionStore, IDefinitionChanges
{
    private readonly PostgresDatabase _database;

    public PostgresDefinitionStore(PostgresDatabase database)
    {
        _database = database;
        Approvals = new PostgresApprovalStore(database, ChangeAsync);
    }

    public IApprovalStore Approvals { get; }

    public async ValueTask<IReadOnlyList<Definition>> ListAsync(string kind, CancellationToken cancellation) => await DefinitionsAsync(kind, null, cancellation);

    public async ValueTask<Definition?> FindAsync(string kind, string key, CancellationToken cancellation) =>
        (await DefinitionsAsync(kind, key, cancellation)).FirstOrDefault();

    public async ValueTask<IReadOnlyList<DefinitionVersion>> VersionsAsync(string kind, string key, CancellationToken cancellation) => await _database.RowsAsync(
        "definition_versions",
        static row => new DefinitionVersion(row.GetInt32(0), row.GetString(1), Time(row, 2), row.GetString(3)),
        cancellation, Of(kind), Of(key));

    public async ValueTask<bool> SaveDraftAsync(
        string kind, string key, string document, int expectedRevision, Instant at, string actor, CancellationToken cancellation) =>
        await ChangeAsync(
            async (connection, token) =>
            {
                var before = kind == DefinitionKinds.Journey ? await FindAsync(connection, kind, key, token) : null;
                await using var statements = new Statements(connection);
                var (time, who) = (Of(at.ToUnixTimeMilliseconds()), Of(actor));
                _ = expectedRevision == 0
                    ? statements.Add("insert_draft", Of(kind), Of(key), Of(document), time, who)
                    : statements.Add("update_draft", Of(kind), Of(key), Of(document), time, who, Of(expectedRevision));
                var isSaved = await statements.RunAsync(token) == 1;
                if (isSaved && kind == DefinitionKinds.Journey && (before?.Draft ?? before?.Published) != document)
                {
                    await PostgresApprovalStore.DraftChangedAsync(connection, key, document, at, actor, token);
                }
                return isSaved;
            },
            cancellation);

    public async ValueTask<int> PublishAsync(string kind, string key, string document, Instant at, string actor, CancellationToken cancellation) =>
        await ChangeAsync(
            async (connection, token) => kind == DefinitionKinds.Journey && !await AdmitsAsync(connection, key, document, 0, token)
                ? 0
                : await PublishAsync(connection, kind, key, document, 0, at, actor, token),
            cancellation);

    public async ValueTask<int> PublishJourneyAsync(
        string key, string document, PublishTerms terms, Instant at, string actor, CancellationToken cancellation) => await ChangeAsync(
        async (connection, token) =>
            ((await FindAsync(connection, DefinitionKinds.Journey, key, token))?.Revision ?? 0) == terms.Revision
            && await AdmitsAsync(connection, key, document, terms.Approval, token)
                ? await PublishAsync(connection, DefinitionKinds.Journey, key, document, terms.Approval, at, actor, token)
                : 0,
        cancellation);

    public async ValueTask SetStateAsync(string kind, string key, string? state, CancellationToken cancellation) =>
        await RunAsync("set_definition_state", cancellation, Of(kind), Of(key), OfOptional(state));

    public async ValueTask DeleteAsync(string kind, string key, CancellationToken cancellation) =>
        await ChangeAsync(
            async (connection, token) =>
            {
                await using var statements = new Statements(connection);
                statements.Add("delete_definition", Of(kind), Of(key));
                await statements.RunAsync(token);
                return kind != DefinitionKinds.Journey || await PostgresApprovalStore.ForgetEditsAsync(connection, key, token) >= 0;
            },
            cancellation);

    public async ValueTask<long> RevisionAsync(CancellationToken cancellation) =>
        (await _database.RowsAsync("definition_revision", static row => row.GetInt64(0), cancellation))[0];

    private ValueTask<List<Definition>> DefinitionsAsync(string kind, string? key, CancellationToken cancellation) =>
        _database.RowsAsync("definitions", Read, cancellation, Of(kind), OfOptional(key));

    private static Definition Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), Text(row, 2), row.GetInt32(3), row.GetInt32(4), Text(row, 5), Text(row, 6), Time(row, 7), row.GetString(8));

    private static async Task<Definition?> FindAsync(NpgsqlConnection connection, string kind, string key, CancellationToken cancellation)
    {
        await using var statements = new Statements(connection);
        statements.Add("definitions", Of(kind), OfOptional(key));
        await using var reader = await statements.ReadAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    private static async Task<bool> AdmitsAsync(NpgsqlConnection connection, string journey, string document, int approval, CancellationToken cancellation) =>
        ApprovalSetting.Admits(
            await FindAsync(connection, ApprovalSetting.Kind, ApprovalSetting.Key, cancellation),
            await PostgresApprovalStore.FindAsync(connection, journey, cancellation), document, approval);

    private static async Task<int> PublishAsync(
        NpgsqlConnection connection, string kind, string key, string document, int approval, Instant at, string actor, CancellationToken cancellation)
    {
        var time = at.ToUnixTimeMilliseconds();
        await using var insert = new NpgsqlCommand(PostgresSql.Query("insert_definition_version"), connection)
        {
            Parameters = { Of(kind), Of(key), Of(document), Of(time), Of(actor) },
        };
        var version = (int)(await insert.ExecuteScalarAsync(cancellation))!;
        await using var statements = new Statements(connection);
        statements.Add("publish_definition", Of(kind), Of(key), Of(version), Of(time), Of(actor));
        await statements.RunAsync(cancellation);
        if (kind == DefinitionKinds.Journey)
        {
            await PostgresApprovalStore.PublishedAsync(connection, key, approval, at, actor, cancellation);
        }
        return version;
    }

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
        await using var connection = await _database.Readers.OpenConnectionAsync(cancellation);
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
