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

    public ValueTask<IReadOnlyList<OpenMessage>> OpenAsync(OpenQuery query, CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read<IReadOnlyList<OpenMessage>>(reader =>
        {
            var messages = new List<OpenMessage>();
            var row = reader.Query(query.Status == OutboxStatus.Sent ? "messages_awaiting_receipt" : "messages_unknown")
                .Bind(1, reader.Names.Find(query.Account)).Bind(2, query.After).Bind(3, query.Until).Bind(4, query.AfterId ?? Guid.Empty)
                .Bind(5, query.Limit);
            while (row.Step())
            {
                messages.Add(new OpenMessage(Read(reader, row), row.OptionalText(15)));
            }
            return messages;
        }));

    public ValueTask<IReadOnlyList<Guid>> ByVendorIdAsync(
        string account, string vendorId, string? address, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read<IReadOnlyList<Guid>>(reader =>
        {
            var ids = new List<Guid>();
            var row = reader.Query("messages_by_vendor_id")
                .Bind(1, vendorId).Bind(2, reader.Names.Find(account)).Bind(3, address).Bind(4, limit);
            while (row.Step())
            {
                ids.Add(row.Id(0));
            }
            return ids;
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
            row.OptionalTime(11), row.OptionalTime(12))
        {
            Template = Name(13), QueuedAt = row.Time(14),
        };
    }
}
