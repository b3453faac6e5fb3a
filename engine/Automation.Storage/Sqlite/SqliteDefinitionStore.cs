using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>
/// Documents as people wrote them. Deleting takes the definition away and leaves its versions: enrollments and facts may still speak of
/// them, and a definition made again under the same key goes on counting.
/// </summary>
internal sealed class SqliteDefinitionStore(ReaderPool readers, WriteTurn turn, Func<SqliteDatabase> openWriter) : IDefinitionStore, IDisposable
{
    private readonly Lazy<SqliteDatabase> _writer = new(openWriter);

    public ValueTask<IReadOnlyList<Definition>> ListAsync(string kind, CancellationToken cancellation) =>
        ValueTask.FromResult(Read(kind, null));

    public ValueTask<Definition?> FindAsync(string kind, string key, CancellationToken cancellation) =>
        ValueTask.FromResult(Read(kind, key) is [var found] ? found : null);

    public ValueTask<IReadOnlyList<DefinitionVersion>> VersionsAsync(string kind, string key, CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read<IReadOnlyList<DefinitionVersion>>(reader =>
        {
            var versions = new List<DefinitionVersion>();
            var row = reader.Query("definition_versions").Bind(1, kind).Bind(2, key);
            while (row.Step())
            {
                versions.Add(new DefinitionVersion(row.Int(0), row.Text(1), row.Time(2), row.Text(3)));
            }
            return versions;
        }));

    public ValueTask<bool> SaveDraftAsync(
        string kind, string key, string document, int expectedRevision, Instant at, string actor, CancellationToken cancellation) =>
        WriteAsync(
            database =>
            {
                Statement(database, expectedRevision == 0 ? "insert_draft" : "update_draft", kind, key)
                    .Bind(3, document).Bind(4, expectedRevision).Bind(5, (Instant?)at).Bind(6, actor).Run();
                return database.Changes == 1;
            },
            cancellation);

    public ValueTask<int> PublishAsync(string kind, string key, string document, Instant at, string actor, CancellationToken cancellation) =>
        WriteAsync(
            database =>
            {
                var insert = Statement(database, "insert_definition_version", kind, key).Bind(3, document).Bind(4, (Instant?)at).Bind(5, actor);
                insert.Step();
                var version = insert.Int(0);
                insert.Reset();
                Statement(database, "publish_definition", kind, key).Bind(3, version).Bind(4, (Instant?)at).Bind(5, actor).Run();
                return version;
            },
            cancellation);

    public async ValueTask SetStateAsync(string kind, string key, string? state, CancellationToken cancellation) =>
        await WriteAsync(
            database =>
            {
                Statement(database, "set_definition_state", kind, key).Bind(3, state).Run();
                return true;
            },
            cancellation);

    public async ValueTask DeleteAsync(string kind, string key, CancellationToken cancellation) =>
        await WriteAsync(
            database =>
            {
                Statement(database, "delete_definition", kind, key).Run();
                return true;
            },
            cancellation);

    public void Dispose()
    {
        if (_writer.IsValueCreated)
        {
            _writer.Value.Dispose();
        }
    }

    private IReadOnlyList<Definition> Read(string kind, string? key) => readers.Read<IReadOnlyList<Definition>>(reader =>
    {
        var definitions = new List<Definition>();
        var row = reader.Query("definitions").Bind(1, kind).Bind(2, key);
        while (row.Step())
        {
            definitions.Add(new Definition(
                row.Text(0), row.Text(1), row.OptionalText(2), row.Int(3), row.Int(4), row.OptionalText(5), row.OptionalText(6), row.Time(7),
                row.Text(8)));
        }
        return definitions;
    });

    private ValueTask<T> WriteAsync<T>(Func<SqliteDatabase, T> writing, CancellationToken cancellation) =>
        turn.TakeAsync(() => _writer.Value.Write(() => writing(_writer.Value)), cancellation);

    private static SqliteStatement Statement(SqliteDatabase database, string query, string kind, string key) =>
        database.PrepareOnce(SqlText.Query(query)).Bind(1, kind).Bind(2, key);
}
