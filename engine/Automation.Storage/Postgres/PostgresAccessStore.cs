using Automation.Runtime.Ports;
using NodaTime;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>Users, sessions and what belongs to them, for every process of a cluster.</summary>
internal sealed class PostgresAccessStore(PostgresDatabase database) : IAccessStore
{
    public async ValueTask<AccessRecord?> FindAsync(string kind, string id, CancellationToken cancellation) =>
        (await ReadAsync(kind, id, null, cancellation)).FirstOrDefault();

    public async ValueTask<IReadOnlyList<AccessRecord>> ListAsync(string kind, string? owner, CancellationToken cancellation) =>
        await ReadAsync(kind, null, owner, cancellation);

    public async ValueTask<bool> PutAsync(AccessRecord record, CancellationToken cancellation)
    {
        var expiry = OfOptional(record.ExpiresAt?.ToUnixTimeMilliseconds());
        var (kind, id, owner, document) = (Of(record.Kind), Of(record.Id), Of(record.Owner), Of(record.Document));
        return await (record.Revision == 0
            ? ChangeAsync("insert_access", cancellation, kind, id, owner, document, expiry)
            : ChangeAsync("update_access", cancellation, kind, id, owner, document, expiry, Of(record.Revision))) == 1;
    }

    public async ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation) =>
        await ChangeAsync("delete_access", cancellation, Of(kind), Of(id)) == 1;

    public async ValueTask<int> DeleteOwnedAsync(string kind, string owner, string? exceptId, CancellationToken cancellation) =>
        await ChangeAsync("delete_owned_access", cancellation, Of(kind), Of(owner), OfOptional(exceptId));

    public async ValueTask<int> DeleteExpiredAsync(Instant at, CancellationToken cancellation) =>
        await ChangeAsync("delete_expired_access", cancellation, Of(at.ToUnixTimeMilliseconds()));

    private async Task<int> ChangeAsync(string query, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        statements.Add(query, parameters);
        return await statements.RunAsync(cancellation);
    }

    private ValueTask<List<AccessRecord>> ReadAsync(string kind, string? id, string? owner, CancellationToken cancellation) => database.RowsAsync(
        "access",
        static row => new AccessRecord(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4),
            row.IsDBNull(5) ? null : Instant.FromUnixTimeMilliseconds(row.GetInt64(5))),
        cancellation, Of(kind), OfOptional(id), OfOptional(owner));
}
