using Automation.Runtime.Ports;
using NodaTime;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>Messages that are not settled, oldest first, and the claims of dispatchers on them.</summary>
internal sealed class PostgresOutboxStore(PostgresDatabase database) : IOutboxStore, IIntentClaims
{
    public ValueTask<IReadOnlyList<QueuedMessage>> QueuedAsync(Guid? after, int limit, CancellationToken cancellation) =>
        ReadAsync("open_messages", cancellation, Of((short)OutboxStatus.Queued), Of(after ?? Guid.Empty), Of(limit));

    public ValueTask<IReadOnlyList<QueuedMessage>> SendingAsync(int limit, CancellationToken cancellation) =>
        ReadAsync("open_messages", cancellation, Of((short)OutboxStatus.Sending), Of(Guid.Empty), Of(limit));

    public ValueTask<IReadOnlyList<QueuedMessage>> ByIdAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        ReadAsync("messages_to_send", cancellation, Of(ids.ToArray()));

    public async ValueTask<IReadOnlySet<Guid>> ClaimAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation)
    {
        var claimed = new HashSet<Guid>(intents.Count);
        if (intents.Count == 0)
        {
            return claimed;
        }
        // In one order, so that two dispatchers with the same messages do not wait for each other in a circle.
        var sorted = intents.OrderBy(i => i.Message).ToArray();
        await using var connection = await database.Loops.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        statements.Add(
            "claim_messages", Of(Array.ConvertAll(sorted, i => i.Message)), Of(Array.ConvertAll(sorted, i => i.Attempt)),
            Of(SystemClock.Instance.GetCurrentInstant().ToUnixTimeMilliseconds()), Of(node));
        await using var reader = await statements.ReadAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            claimed.Add(reader.GetGuid(0));
        }
        return claimed;
    }

    public ValueTask<IReadOnlyList<QueuedMessage>> TakeAbandonedAsync(string node, int limit, CancellationToken cancellation) =>
        ReadAsync("take_abandoned", cancellation, Of(node), Of(LeaseTimes.NodeSilent), Of(limit));

    private async ValueTask<IReadOnlyList<QueuedMessage>> ReadAsync(string query, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.Loops.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        statements.Add(query, parameters);
        var messages = new List<QueuedMessage>();
        await using var reader = await statements.ReadAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            messages.Add(new QueuedMessage(
                reader.GetGuid(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                reader.GetString(6), reader.GetBoolean(7), reader.GetString(8), reader.GetString(9), reader.GetString(10),
                await reader.IsDBNullAsync(11, cancellation) ? null : Instant.FromUnixTimeMilliseconds(reader.GetInt64(11))));
        }
        return messages;
    }
}
