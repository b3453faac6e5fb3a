using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>Messages that are not settled, oldest first.</summary>
internal sealed class SqliteOutboxStore(ReaderPool readers) : IOutboxStore
{
    public ValueTask<IReadOnlyList<QueuedMessage>> QueuedAsync(Guid? after, int limit, CancellationToken cancellation) =>
        Open(OutboxStatus.Queued, after, limit);

    public ValueTask<IReadOnlyList<QueuedMessage>> SendingAsync(int limit, CancellationToken cancellation) =>
        Open(OutboxStatus.Sending, null, limit);

    public ValueTask<IReadOnlyList<QueuedMessage>> ByIdAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read<IReadOnlyList<QueuedMessage>>(reader =>
        {
            var messages = new List<QueuedMessage>(ids.Count);
            var row = reader.Query("message_to_send");
            foreach (var id in ids)
            {
                if (row.Bind(1, id).Step())
                {
                    messages.Add(Read(reader, row));
                }
                row.Reset();
            }
            return messages;
        }));

    private ValueTask<IReadOnlyList<QueuedMessage>> Open(OutboxStatus status, Guid? after, int limit) =>
        ValueTask.FromResult(readers.Read<IReadOnlyList<QueuedMessage>>(reader =>
        {
            var messages = new List<QueuedMessage>();
            var row = reader.Query("open_messages").Bind(1, (long)status).Bind(2, after ?? Guid.Empty).Bind(3, limit);
            while (row.Step())
            {
                messages.Add(Read(reader, row));
            }
            return messages;
        }));

    private static QueuedMessage Read(StoreReader reader, SqliteStatement row)
    {
        string Name(int column) => reader.Names.Read(row, column).Text;
        return new QueuedMessage(
            row.Id(0), row.Long(1), row.Int(2), Name(3), Name(4), Name(5), Name(6), row.Long(7) != 0, Name(8), row.Text(9), row.Text(10),
            row.OptionalTime(11));
    }
}
