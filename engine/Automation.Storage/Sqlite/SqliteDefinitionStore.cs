using Automation.Runtime.Approvals;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>
/// Documents as people wrote them. Deleting takes the definition away and leaves its versions: enrollments and facts may still speak of
/// them, and a definition made again under the same key goes on counting.
/// </summary>
internal sealed class SqliteDefinitionStore : IDefinitionStore, IDisposable
{
    private readonly ReaderPool _readers;
    private readonly WriteTurn _turn;
    private readonly Lazy<SqliteDatabase> _writer;

    public SqliteDefinitionStore(ReaderPool readers, WriteTurn turn, Func<SqliteDatabase> openWriter)
    {
        (_readers, _turn, _writer) = (readers, turn, new Lazy<SqliteDatabase>(openWriter));
        Approvals = new SqliteApprovalStore(readers, WriteAsync);
    }

    public IApprovalStore Approvals { get; }

    public ValueTask<IReadOnlyList<Definition>> ListAsync(string kind, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<Definition>>(_readers.Read(reader => Read(reader.Database, kind, null)));

    public ValueTask<Definition?> FindAsync(string kind, string key, CancellationToken cancellation) =>
        ValueTask.FromResult(_readers.Read(reader => Find(reader.Database, kind, key)));

    public ValueTask<IReadOnlyList<DefinitionVersion>> VersionsAsync(string kind, string key, CancellationToken cancellation) =>
        ValueTask.FromResult(_readers.Read<IReadOnlyList<DefinitionVersion>>(reader =>
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
                var before = kind == DefinitionKinds.Journey ? Find(database, kind, key) : null;
                Statement(database, expectedRevision == 0 ? "insert_draft" : "update_draft", kind, key)
                    .Bind(3, document).Bind(4, expectedRevision).Bind(5, (Instant?)at).Bind(6, actor).Run();
                var isSaved = database.Changes == 1;
                if (isSaved && kind == DefinitionKinds.Journey && (before?.Draft ?? before?.Published) != document)
                {
                    ApprovalRows.DraftChanged(database, key, document, at, actor);
                }
                return isSaved;
            },
            cancellation);

    public ValueTask<int> PublishAsync(string kind, string key, string document, Instant at, string actor, CancellationToken cancellation) => WriteAsync(
        database => kind == DefinitionKinds.Journey && !Admits(database, key, document, 0) ? 0 : Publish(database, kind, key, document, 0, at, actor),
        cancellation);

    public ValueTask<int> PublishJourneyAsync(
        string key, string document, PublishTerms terms, Instant at, string actor, CancellationToken cancellation) => WriteAsync(
        database => (Find(database, DefinitionKinds.Journey, key)?.Revision ?? 0) == terms.Revision && Admits(database, key, document, terms.Approval)
            ? Publish(database, DefinitionKinds.Journey, key, document, terms.Approval, at, actor)
            : 0,
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
                if (kind == DefinitionKinds.Journey)
                {
                    ApprovalRows.ForgetEdits(database, key);
                }
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

    private static List<Definition> Read(SqliteDatabase database, string kind, string? key)
    {
        var definitions = new List<Definition>();
        var row = database.PrepareOnce(SqlText.Query("definitions")).Bind(1, kind).Bind(2, key);
        while (row.Step())
        {
            definitions.Add(new Definition(
                row.Text(0), row.Text(1), row.OptionalText(2), row.Int(3), row.Int(4), row.OptionalText(5), row.OptionalText(6), row.Time(7),
                row.Text(8)));
        }
        return definitions;
    }

    private static Definition? Find(SqliteDatabase database, string kind, string key) => Read(database, kind, key) is [var found] ? found : null;

    private static bool Admits(SqliteDatabase database, string journey, string document, int approval) => ApprovalSetting.Admits(
        Find(database, ApprovalSetting.Kind, ApprovalSetting.Key), ApprovalRows.Read(database, journey).FirstOrDefault(), document, approval);

    private static int Publish(SqliteDatabase database, string kind, string key, string document, int approval, Instant at, string actor)
    {
        var insert = Statement(database, "insert_definition_version", kind, key).Bind(3, document).Bind(4, (Instant?)at).Bind(5, actor);
        insert.Step();
        var version = insert.Int(0);
        insert.Reset();
        Statement(database, "publish_definition", kind, key).Bind(3, version).Bind(4, (Instant?)at).Bind(5, actor).Run();
        if (kind == DefinitionKinds.Journey)
        {
            ApprovalRows.Published(database, key, approval, at, actor);
        }
        return version;
    }

    private ValueTask<T> WriteAsync<T>(Func<SqliteDatabase, T> writing, CancellationToken cancellation) =>
        _turn.TakeAsync(() => _writer.Value.Write(() => writing(_writer.Value)), cancellation);

    private static SqliteStatement Statement(SqliteDatabase database, string query, string kind, string key) =>
        database.PrepareOnce(SqlText.Query(query)).Bind(1, kind).Bind(2, key);
}
