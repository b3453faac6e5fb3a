using Automation.Runtime.Ports;
using Automation.Storage.Sqlite;
using Automation.Storage.Tests.Contracts;

namespace Automation.Storage.Tests.Sqlite;

/// <summary>The embedded store in a folder of its own, which goes with the test.</summary>
internal sealed class SqliteUnderTest : StoreUnderTest
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("automation-store-");
    private EmbeddedStore _store;

    public SqliteUnderTest() => _store = EmbeddedStore.Open(Path);

    public string Path => _directory.FullName;

    public override IEngineStore Engine => _store.Engine;

    public override ILedgerStore Ledger => _store.Ledger;

    public override IOutboxStore Outbox => _store.Outbox;

    public override IDefinitionStore Definitions => _store.Definitions;

    public override IHoldStore Holds => _store.Holds;

    public override Task<IReadOnlySet<Guid>> ClaimAsync(params SendIntent[] intents) =>
        Task.FromResult(Commit(Sample.Batch(9) with { Intents = intents }).Claimed);

    public override IAccessStore Access => _store.Access;

    public SqliteDatabase Writer => ((SqliteEngineStore)_store.Engine).Writer;

    public override void Reopen()
    {
        _store.Dispose();
        _store = EmbeddedStore.Open(Path);
    }

    public override void Tamper(string sql)
    {
        using var database = SqliteDatabase.OpenWriter(_store.DatabasePath);
        database.Execute(sql);
    }

    protected override void Dispose(bool disposing)
    {
        _store.Dispose();
        _directory.Delete(recursive: true);
    }
}
