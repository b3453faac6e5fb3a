using Automation.Runtime.Ports;
using Npgsql;

namespace Automation.Bench.Storage;

/// <summary>
/// Writes a batch's rows into the same tables with the plainest statements there are: one transaction, one round trip, an array for each
/// column; nothing decided, nothing encoded, nothing sealed, nothing guarded.
/// </summary>
internal sealed class PostgresFloor(NpgsqlDataSource source)
{
    private const string Events = """
        INSERT INTO event SELECT *, $9 FROM unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::smallint[], $5::text[], $6::bigint[], $7::bigint[], $8::text[])
        """;

    private const string Keys = "INSERT INTO event_key SELECT *, $2 FROM unnest($1::uuid[])";

    private const string Facts = """
        INSERT INTO fact (sequence, at, contact, cause, kind, journey, version, ordinal, step, details, committed_at)
        SELECT s, $3, c, '\\x01', 'not_enrolled', 'welcome', 1, 1, 'offer', d, $3 FROM unnest($1::bigint[], $2::bigint[], $4::text[]) AS f (s, c, d)
        """;

    private const string Contacts = """
        UPDATE contact SET state = n.state, next_due_at = n.due FROM unnest($1::bigint[], $2::bytea[], $3::bigint[]) AS n (id, state, due)
        WHERE contact.id = n.id
        """;

    private const string Messages = """
        WITH new AS MATERIALIZED (SELECT nextval('message_number') AS number, * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[]) AS m (id, c, a, t)),
        written AS (INSERT INTO message SELECT number, id, c, 1, 'welcome', 1, 'offer', 'sms', 'sandbox', 'hello', false, 1, 'phone', a, t FROM new)
        INSERT INTO message_state (id, number, account, status, attempt) SELECT id, number, 'sandbox', 0, 1 FROM new
        """;

    public async Task WriteAsync(FloorRows rows, long at)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        if (rows.Events.Count > 0)
        {
            var ids = rows.Events.ConvertAll(e => new Guid(e.Id, bigEndian: true));
            Add(batch, Keys, ids.Order().ToArray(), at);
            Add(
                batch, Events, rows.Events.ConvertAll(e => e.Sequence), rows.Events.ConvertAll(e => e.Contact), ids,
                rows.Events.ConvertAll(_ => (short)0), rows.Events.ConvertAll(_ => "product_viewed"), rows.Events.ConvertAll(e => e.At),
                rows.Events.ConvertAll(e => e.At), rows.Events.ConvertAll(e => System.Text.Encoding.UTF8.GetString(e.Details)), at);
        }
        if (rows.Facts.Count > 0)
        {
            Add(
                batch, Facts, rows.Facts.ConvertAll(f => f.Sequence), rows.Facts.ConvertAll(f => f.Contact), at,
                rows.Facts.ConvertAll(f => System.Text.Encoding.UTF8.GetString(f.Details)));
        }
        if (rows.Contacts.Count > 0)
        {
            Add(batch, Contacts, rows.Contacts.ConvertAll(c => c.Contact), rows.Contacts.ConvertAll(c => c.State), rows.Contacts.ConvertAll(c => c.Due));
        }
        if (rows.Messages.Count > 0)
        {
            Add(
                batch, Messages, rows.Messages.ConvertAll(m => new Guid(m.Id, bigEndian: true)), rows.Messages.ConvertAll(m => m.Contact),
                rows.Messages.ConvertAll(m => m.Address), rows.Messages.ConvertAll(m => System.Text.Encoding.UTF8.GetString(m.Content)));
        }
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>The rows of what partitions committed, with their sequences as keys.</summary>
    public static FloorRows RowsOf(CommitBatch batch)
    {
        var rows = FloorRows.Of(batch);
        long Key(long sequence) => Runtime.Partitions.PartitionedNumber.Of(batch.Partition, sequence);
        return rows with
        {
            Events = rows.Events.ConvertAll(e => e with { Sequence = Key(e.Sequence) }),
            Facts = rows.Facts.ConvertAll(f => f with { Sequence = Key(f.Sequence) }),
        };
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        batch.BatchCommands.Add(command);
    }
}
