using Automation.Runtime.Ports;
using NodaTime;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>Messages that are not settled, oldest first, and the claims of dispatchers on them.</summary>
internal sealed class PostgresOutboxStore(PostgresDatabase database) : IOutboxStore, IIntentClaims
{
    public ValueTask<IReadOnlyList<QueuedMessage>> QueuedAsync(Guid? after, int limit, CancellationToken cancellation) =>
        MessagesAsync("open_messages", cancellation, Of((short)OutboxStatus.Queued), Of(after ?? Guid.Empty), Of(limit));

    public ValueTask<IReadOnlyList<QueuedMessage>> SendingAsync(int limit, CancellationToken cancellation) =>
        MessagesAsync("open_messages", cancellation, Of((short)OutboxStatus.Sending), Of(Guid.Empty), Of(limit));

    public ValueTask<IReadOnlyList<QueuedMessage>> ByIdAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        MessagesAsync("messages_to_send", cancellation, Of(ids.ToArray()));

    public async ValueTask<IReadOnlySet<Guid>> ClaimAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation)
    {
        var claimed = new HashSet<Guid>(intents.Count);
        if (intents.Count == 0)
        {
            return claimed;
        }
        await using var connection = await database.Loops.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        statements.Add("share_holds");
        Add(statements, "claim_messages", node, intents);
        await using var reader = await statements.ReadAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            claimed.Add(reader.GetGuid(0));
        }
        return claimed;
    }

    public async ValueTask GiveBackAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation)
    {
        await using var connection = await database.Loops.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        Add(statements, "give_back_messages", node, intents);
        await statements.RunAsync(cancellation);
    }

    public ValueTask<IReadOnlyList<QueuedMessage>> TakeAbandonedAsync(string node, int limit, CancellationToken cancellation) =>
        MessagesAsync("take_abandoned", cancellation, Of(node), Of(LeaseTimes.NodeSilent), Of(limit));

    public async ValueTask<IReadOnlyList<OpenMessage>> OpenAsync(OpenQuery query, CancellationToken cancellation) => await ReadAsync(
        query.Status == OutboxStatus.Sent ? "messages_awaiting_receipt" : "messages_unknown",
        static row => new OpenMessage(Message(row), row.IsDBNull(15) ? null : row.GetString(15)),
        cancellation, Of(query.Account), Of(query.After.ToUnixTimeMilliseconds()), Of(query.Until.ToUnixTimeMilliseconds()),
        Of(query.AfterId ?? Guid.Empty), Of(query.Limit));

    public async ValueTask<IReadOnlyList<Guid>> ByVendorIdAsync(
        string account, string vendorId, string? address, int limit, CancellationToken cancellation) => await ReadAsync(
        "messages_by_vendor_id", static row => row.GetGuid(0), cancellation, Of(vendorId), Of(account), OfOptional(address), Of(limit));

    // In one order, so that two dispatchers with the same messages do not wait for each other in a circle.
    private static void Add(Statements to, string query, string node, IReadOnlyList<SendIntent> intents)
    {
        var sorted = intents.OrderBy(i => i.Message).ToArray();
        to.Add(
            query, Of(Array.ConvertAll(sorted, i => i.Message)), Of(Array.ConvertAll(sorted, i => i.Attempt)),
            Of(SystemClock.Instance.GetCurrentInstant().ToUnixTimeMilliseconds()), Of(node));
    }

    private async ValueTask<IReadOnlyList<QueuedMessage>> MessagesAsync(string query, CancellationToken cancellation, params NpgsqlParameter[] parameters) =>
        await ReadAsync(query, Message, cancellation, parameters);

    private async ValueTask<List<T>> ReadAsync<T>(
        string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.Loops.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        statements.Add(query, parameters);
        var rows = new List<T>();
        await using var reader = await statements.ReadAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    private static QueuedMessage Message(NpgsqlDataReader row)
    {
        Instant? Time(int column) => row.IsDBNull(column) ? null : Instant.FromUnixTimeMilliseconds(row.GetInt64(column));
        return new QueuedMessage(
            row.GetGuid(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
            row.GetBoolean(7), row.GetString(8), row.GetString(9), row.GetString(10), Time(11), Time(12))
        {
            Template = row.GetString(13), QueuedAt = Instant.FromUnixTimeMilliseconds(row.GetInt64(14)),
        };
    }
}
