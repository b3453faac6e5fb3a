using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>What people hold back. Claims look at it in their own transaction, and one writer at a time makes that exact.</summary>
internal sealed class SqliteHoldStore(ReaderPool readers, WriteTurn turn, Func<SqliteDatabase> openWriter) : IHoldStore, IDisposable
{
    private readonly Lazy<SqliteDatabase> _writer = new(openWriter);

    public ValueTask<IReadOnlyList<Hold>> ListAsync(CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read<IReadOnlyList<Hold>>(reader =>
        {
            var holds = new List<Hold>();
            var row = reader.Query("holds");
            while (row.Step())
            {
                holds.Add(new Hold(
                    new HoldTarget((HoldScope)row.Int(0), row.Text(1)), row.Time(2), row.Text(3), row.Text(4),
                    row.OptionalTime(5) is { } at ? new HoldEnd(at, row.Text(6), row.Text(7)) : null));
            }
            return holds;
        }));

    public ValueTask<bool> PutAsync(Hold hold, CancellationToken cancellation) => WriteAsync(
        database => Of(database, "insert_hold", hold.Target).Bind(3, hold.Since).Bind(4, hold.By).Bind(5, hold.Reason).Run(), cancellation);

    public ValueTask<bool> ReleaseAsync(HoldTarget target, HoldEnd end, CancellationToken cancellation) => WriteAsync(
        database => Of(database, "release_hold", target).Bind(3, end.At).Bind(4, end.By).Bind(5, end.Reason).Run(), cancellation);

    public ValueTask<HoldCount> CountAsync(HoldTarget target, CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read(reader =>
        {
            var row = reader.Query("count_held").Bind(1, (long)target.Scope).Bind(2, reader.Names.Find(target.Key)).Bind(3, target.Key);
            row.Step();
            var count = new HoldCount(row.Long(0), row.Long(1), row.Long(2));
            row.Reset();
            return count;
        }));

    public void Dispose()
    {
        if (_writer.IsValueCreated)
        {
            _writer.Value.Dispose();
        }
    }

    private ValueTask<bool> WriteAsync(Action<SqliteDatabase> writing, CancellationToken cancellation) => turn.TakeAsync(
        () => _writer.Value.Write(() =>
        {
            writing(_writer.Value);
            return _writer.Value.Changes == 1;
        }),
        cancellation);

    private static SqliteStatement Of(SqliteDatabase database, string query, HoldTarget target) =>
        database.PrepareOnce(SqlText.Query(query)).Bind(1, (long)target.Scope).Bind(2, target.Key);
}
