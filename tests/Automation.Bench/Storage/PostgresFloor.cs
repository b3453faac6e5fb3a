using Npgsql;

namespace Automation.Bench.Storage;

/// <summary>
/// Writes a batch's rows into the same tables with the plainest statements there are: one transaction, one round trip, an array for each
/// column; nothing decided, nothing encoded, nothing sealed, nothing guarded. New messages are claimed in a second transaction, as they
/// must be before a vendor is called.
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

    private const string NewContacts = """
        INSERT INTO contact (id, revision, next_due_at, look_at, state) SELECT id, 1, due, due, state FROM unnest($1::bigint[], $2::bytea[], $3::bigint[]) AS n (id, state, due)
        """;

    private const string Identities = "INSERT INTO identity SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])";

    private const string Settle = """
        UPDATE message_state SET status = n.status, changed_at = n.at FROM unnest($1::uuid[], $2::smallint[], $3::bigint[]) AS n (id, status, at)
        WHERE message_state.id = n.id
        """;

    private const string Claim = "UPDATE message_state SET status = 1, changed_at = $2, claimed_at = $2 WHERE id = ANY ($1::uuid[])";

    /// <summary>Writes what each partition committed, commit after commit, partitions side by side.</summary>
    public Task WriteAsync(IEnumerable<IReadOnlyList<PostgresFloorRows>> lanes) => Task.WhenAll(lanes.Select(async lane =>
    {
        foreach (var commit in lane)
        {
            await WriteAsync(commit);
        }
    }));

    private async Task WriteAsync(PostgresFloorRows commit)
    {
        var (rows, at) = (commit.Rows, commit.At);
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
        if (commit.NewContacts.Count > 0)
        {
            Add(
                batch, NewContacts, commit.NewContacts.ConvertAll(c => c.Contact), commit.NewContacts.ConvertAll(c => c.State),
                commit.NewContacts.ConvertAll(c => c.Due));
        }
        if (commit.Identities.Count > 0)
        {
            Add(
                batch, Identities, commit.Identities.ConvertAll(i => i.Identity.Type), commit.Identities.ConvertAll(i => i.Identity.Value),
                commit.Identities.ConvertAll(i => i.Contact));
        }
        if (commit.Settled.Count > 0)
        {
            Add(batch, Settle, commit.Settled.ConvertAll(c => c.Message), commit.Settled.ConvertAll(c => c.Status), commit.Settled.ConvertAll(c => c.At));
        }
        await batch.ExecuteNonQueryAsync();
        if (rows.Messages.Count > 0)
        {
            await using var claim = new NpgsqlBatch(connection);
            Add(claim, Claim, rows.Messages.ConvertAll(m => new Guid(m.Id, bigEndian: true)), at);
            await claim.ExecuteNonQueryAsync();
        }
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
