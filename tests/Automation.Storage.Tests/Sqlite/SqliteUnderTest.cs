using Automation.Core.Primitives;
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

    public override IOperationsStore Operations => _store.Operations;

    public override Task<IReadOnlySet<Guid>> ClaimAsync(params SendIntent[] intents) =>
        Task.FromResult(Commit(Sample.Batch(9) with { Intents = intents }).Claimed);

    public override IAccessStore Access => _store.Access;

    public EmbeddedStore Store => _store;

    public override string Everything()
    {
        var text = new System.Text.StringBuilder();
        foreach (var file in Directory.EnumerateFiles(Path, "automation.db*"))
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), System.Text.Encoding.UTF8);
            text.Append(reader.ReadToEnd());
        }
        return text.ToString();
    }

    public SqliteDatabase Writer => _store.Writer;

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

    public override IEarlierValues Earlier => _store.Earlier!;

    public override void Declare(params string[] personal) => _store.PersonalFields = () => PersonalFields.Of(personal);

    public override ILedgerUpkeep Upkeep => _store.Upkeep;

    public override (long? Now, bool IsDone) FlipBit(string table, string column, long first, int draw)
    {
        using var database = SqliteDatabase.OpenWriter(_store.DatabasePath);
        var row = database.PrepareText($"SELECT {column} FROM {table} WHERE {KeyOf(table)} = ?1").Bind(1, first);
        if (!row.Step() || row.IsNull(0))
        {
            row.Reset();
            return (null, false);
        }
        var number = row.IsInteger(0) ? row.Long(0) ^ (1L << (draw % 63)) : (long?)null;
        var isBlob = row.IsBlob(0);
        var bytes = row.Bytes(0).ToArray();
        row.Reset();
        var change = database.PrepareText($"UPDATE {table} SET {column} = ?1 WHERE {KeyOf(table)} = ?2").Bind(2, first);
        try
        {
            if (number is { } value)
            {
                change.Bind(1, value).Run();
                return (value, true);
            }
            bytes[draw % (8 * bytes.Length) / 8] ^= (byte)(1 << (draw % 8));
            (isBlob ? change.BindBlob(1, bytes) : change.BindText(1, bytes)).Run();
            return (null, true);
        }
        catch (StoreConflictException)
        {
            // Another row has that value, and no two may have it.
            return (null, false);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _store.Dispose();
        _directory.Delete(recursive: true);
    }
}
