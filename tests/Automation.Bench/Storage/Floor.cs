using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Sqlite;

namespace Automation.Bench.Storage;

/// <summary>The rows of a batch with everything encoded beforehand.</summary>
internal sealed record FloorRows(
    List<(long Sequence, long Contact, byte[] Id, long At, byte[] Details)> Events,
    List<(long Sequence, long Contact, byte[] Cause, byte[] Details)> Facts,
    List<(long Contact, byte[] State, long? Due)> Contacts,
    List<(byte[] Id, long Contact, string Address, byte[] Content)> Messages,
    List<(long Contact, long First, long Last)> Trails)
{
    /// <summary>Whether the batch moves its contacts' deadlines, as dormancy journeys do with every event.</summary>
    public bool MovesDeadlines { get; init; }

    public static FloorRows Of(CommitBatch batch)
    {
        var perEvent = batch.Events.Count == 0 ? 0 : batch.Facts.Count / batch.Events.Count;
        return new(
            [.. batch.Events.Select(e => (e.Sequence, e.Contact, Guid.Parse(e.Event.MessageId).ToByteArray(bigEndian: true), e.Event.OccurredAt.ToUnixTimeMilliseconds(), Details(w => EventJson.WriteDetails(w, e.Event, false))))],
            [.. batch.Facts.Select(f => (f.Sequence, f.Contact, new byte[17], Details(w => FactJson.WriteDetails(w, f.Fact))))],
            [.. batch.Contacts.Select(c => (c.After.Id, State(c.After), c.NextDueAt?.ToUnixTimeMilliseconds()))],
            [.. batch.Messages.Select(m => (m.Message.Message.ToByteArray(bigEndian: true), m.Contact, m.Message.Address, Details(w => PropertyJson.Write(w, m.Message.Content))))],
            [.. batch.Events.Select(e => (e.Contact, e.Sequence, e.Sequence + perEvent))]);
    }

    private static byte[] Details(Action<Utf8JsonWriter> write)
    {
        var buffer = new ByteBuffer();
        using var writer = new Utf8JsonWriter(buffer, JsonFields.Options);
        write(writer);
        writer.Flush();
        return buffer.Written.ToArray();
    }

    private static byte[] State(Contact contact)
    {
        var buffer = new ByteBuffer();
        ContactBytes.Write(buffer, contact);
        return buffer.Written.ToArray();
    }
}

/// <summary>Writes such rows into the same tables with the plainest statements there are.</summary>
internal sealed class FloorWriter(string path) : IDisposable
{
    private readonly SqliteDatabase _database = SqliteDatabase.OpenWriter(path);
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    public void Write(FloorRows rows)
    {
        _database.BeginWriting();
        var (insertEvent, insertFact, update, insertMessage, insertTrail) =
            (Get("insert_event"), Get("insert_fact"), Get(rows.MovesDeadlines ? "update_contact" : "update_contact_if_due_unchanged"), Get("insert_message"), Get("insert_trail"));
        foreach (var (sequence, contact, id, at, details) in rows.Events)
        {
            insertEvent.Bind(1, sequence).Bind(2, contact).BindBlob(3, id).Bind(4, 0L).Bind(5, 1L).Bind(6, at).Bind(7, at).BindText(8, details).Run();
        }
        foreach (var (sequence, contact, cause, details) in rows.Facts)
        {
            insertFact
                .Bind(1, sequence).Bind(2, 1_772_000_000_000L).Bind(3, contact).BindBlob(4, cause).Bind(5, 2L).Bind(6, 3L).Bind(7, 3L).Bind(8, 3L)
                .Bind(9, 4L).BindNull(10).BindNull(11).BindText(12, details).Run();
        }
        foreach (var (contact, state, due) in rows.Contacts)
        {
            update.Bind(1, contact).BindBlob(2, state);
            (due is { } at ? update.Bind(3, at) : update.BindNull(3)).Run();
        }
        foreach (var (id, contact, address, content) in rows.Messages)
        {
            insertMessage
                .BindBlob(1, id).Bind(2, contact).Bind(3, 3L).Bind(4, 3L).Bind(5, 3L).Bind(6, 4L).Bind(7, 5L).Bind(8, 6L).Bind(9, 7L).Bind(10, 0L)
                .Bind(11, 1_772_000_000_000L).BindNull(12).Bind(13, 8L).Bind(14, address).BindText(15, content).Run();
        }
        foreach (var (contact, first, last) in rows.Trails)
        {
            insertTrail.Bind(1, contact).Bind(2, first).Bind(3, last).Run();
        }
        _database.Commit();
    }

    public void Dispose() => _database.Dispose();

    private SqliteStatement Get(string query)
    {
        if (!_statements.TryGetValue(query, out var statement))
        {
            _statements[query] = statement = _database.Prepare(query);
        }
        return statement;
    }
}
