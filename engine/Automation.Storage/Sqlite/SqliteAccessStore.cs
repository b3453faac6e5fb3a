using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>Users, sessions and what belongs to them, in the embedded store.</summary>
internal sealed class SqliteAccessStore(ReaderPool readers, WriteTurn turn, Func<SqliteDatabase> openWriter) : IAccessStore, IDisposable
{
    private readonly Lazy<SqliteDatabase> _writer = new(openWriter);

    public ValueTask<AccessRecord?> FindAsync(string kind, string id, CancellationToken cancellation) =>
        ValueTask.FromResult(Read(kind, id, null) is [var found] ? found : null);

    public ValueTask<IReadOnlyList<AccessRecord>> ListAsync(string kind, string? owner, CancellationToken cancellation) =>
        ValueTask.FromResult(Read(kind, null, owner));

    public async ValueTask<bool> PutAsync(AccessRecord record, CancellationToken cancellation) => await ChangeAsync(
        record.Revision == 0 ? "insert_access" : "update_access",
        statement =>
        {
            statement.Bind(1, record.Kind).Bind(2, record.Id).Bind(3, record.Owner).Bind(4, record.Document).Bind(5, record.ExpiresAt);
            if (record.Revision > 0)
            {
                statement.Bind(6, record.Revision);
            }
        },
        cancellation) == 1;

    public async ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation) =>
        await ChangeAsync("delete_access", statement => statement.Bind(1, kind).Bind(2, id), cancellation) == 1;

    public ValueTask<int> DeleteOwnedAsync(string kind, string owner, string? exceptId, CancellationToken cancellation) =>
        ChangeAsync("delete_owned_access", statement => statement.Bind(1, kind).Bind(2, owner).Bind(3, exceptId), cancellation);

    public ValueTask<int> DeleteExpiredAsync(Instant at, CancellationToken cancellation) =>
        ChangeAsync("delete_expired_access", statement => statement.Bind(1, (Instant?)at), cancellation);

    public void Dispose()
    {
        if (_writer.IsValueCreated)
        {
            _writer.Value.Dispose();
        }
    }

    private IReadOnlyList<AccessRecord> Read(string kind, string? id, string? owner) => readers.Read<IReadOnlyList<AccessRecord>>(reader =>
    {
        var records = new List<AccessRecord>();
        var row = reader.Query("access").Bind(1, kind).Bind(2, id).Bind(3, owner);
        while (row.Step())
        {
            records.Add(new AccessRecord(row.Text(0), row.Text(1), row.Text(2), row.Int(3), row.Text(4), row.OptionalTime(5)));
        }
        return records;
    });

    private ValueTask<int> ChangeAsync(string query, Action<SqliteStatement> bind, CancellationToken cancellation) => turn.TakeAsync(
        () => _writer.Value.Write(() =>
        {
            var statement = _writer.Value.PrepareOnce(SqlText.Query(query));
            bind(statement);
            statement.Run();
            return _writer.Value.Changes;
        }),
        cancellation);
}
