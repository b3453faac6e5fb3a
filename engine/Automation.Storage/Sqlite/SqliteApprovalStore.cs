using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>Requests to publish, in the embedded store; written by the definitions' own writer, one change after the other.</summary>
internal sealed class SqliteApprovalStore(ReaderPool readers, Func<Func<SqliteDatabase, bool>, CancellationToken, ValueTask<bool>> write) : IApprovalStore
{
    public ValueTask<IReadOnlyList<Approval>> ListAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<Approval>>(readers.Read(reader => ApprovalRows.Read(reader.Database, null)));

    public ValueTask<Approval?> FindAsync(string journey, CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read(reader => ApprovalRows.Read(reader.Database, journey)) is [var found] ? found : null);

    public ValueTask<IReadOnlyList<DraftEdit>> EditsAsync(string journey, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<DraftEdit>>(readers.Read(reader => ApprovalRows.Edits(reader.Database, journey)));

    public ValueTask<bool> AskAsync(Approval request, int revision, CancellationToken cancellation) =>
        write(database => ApprovalRows.Ask(database, request, revision), cancellation);

    public ValueTask<bool> ChangeAsync(Approval request, ApprovalStatus from, CancellationToken cancellation) =>
        write(database => ApprovalRows.Change(database, request, from), cancellation);
}
