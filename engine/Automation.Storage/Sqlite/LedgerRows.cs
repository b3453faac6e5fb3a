using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>Writes the events and facts of one commit in their common order, the trail of each contact, and the seal over all of them.</summary>
internal sealed class LedgerRows : IDisposable
{
    private static readonly string[] TypeNames = [.. Enum.GetValues<EventType>().Select(ChoiceNames.Of)];

    private readonly NameTable _names;
    private readonly SqliteStatement _event;
    private readonly SqliteStatement _fact;
    private readonly SqliteStatement _trail;
    private readonly SqliteStatement _seal;
    private readonly SealBuilder _builder = new();
    private readonly ByteBuffer _details = new(4096);
    private readonly Utf8JsonWriter _json;
    private readonly List<(long Contact, long First, long Last)> _stretches = [];
    private (string Text, StoredCause Stored) _lastCause = ("", StoredCause.Of(""));

    public LedgerRows(SqliteDatabase database, NameTable names)
    {
        _names = names;
        _event = database.Prepare("insert_event");
        _fact = database.Prepare("insert_fact");
        _trail = database.Prepare("insert_trail");
        _seal = database.Prepare("insert_seal");
        _json = new Utf8JsonWriter(_details, JsonFields.Options);
    }

    /// <summary>Returns the new seal, or the previous one when there is nothing to seal.</summary>
    public byte[] Write(CommitBatch batch, byte[] previousSeal)
    {
        var records = batch.Events.Count + batch.Facts.Count;
        if (records == 0)
        {
            return previousSeal;
        }
        _builder.Start(previousSeal);
        _stretches.Clear();
        var (nextEvent, nextFact) = (0, 0);
        var first = Math.Min(
            batch.Events.Count > 0 ? batch.Events[0].Sequence : long.MaxValue, batch.Facts.Count > 0 ? batch.Facts[0].Sequence : long.MaxValue);
        for (var sequence = first; sequence < first + records; sequence++)
        {
            if (nextEvent < batch.Events.Count && batch.Events[nextEvent].Sequence == sequence)
            {
                Write(batch.Partition, batch.Events[nextEvent++]);
            }
            else
            {
                Invariant.Holds(
                    nextFact < batch.Facts.Count && batch.Facts[nextFact].Sequence == sequence,
                    "Expected the events and facts of a batch to share one sequence without gaps, but there is one.");
                Write(batch.Partition, batch.Facts[nextFact++]);
            }
        }
        WriteTrails();
        var seal = _builder.Seal();
        _seal
            .Bind(1, RowKey.Of(batch.Partition, first)).Bind(2, RowKey.Of(batch.Partition, first + records - 1))
            .Bind(3, batch.At.ToUnixTimeMilliseconds()).BindBlob(4, seal).BindBlob(5, _builder.Checks)
            .Run();
        return seal;
    }

    public void Dispose()
    {
        _json.Dispose();
        _builder.Dispose();
    }

    private void Write(int partition, RecordedEvent recorded)
    {
        var happened = recorded.Event;
        var id = MessageKey.Of(happened.MessageId);
        var name = _names.Of(happened.Name);
        var (occurredAt, receivedAt) = (Milliseconds(happened.OccurredAt), Milliseconds(happened.ReceivedAt));
        StartDetails();
        EventJson.WriteDetails(_json, happened, withMessageId: !MessageKey.TryGuid(happened.MessageId, out _));
        _json.Flush();

        var key = RowKey.Of(partition, recorded.Sequence);
        _event
            .Bind(1, key).Bind(2, recorded.Contact).Bind(3, id).Bind(4, (long)happened.Type).Bind(5, name)
            .Bind(6, occurredAt).Bind(7, receivedAt).BindText(8, _details.Written)
            .Run();
        RecordLine.AppendEvent(
            _builder.Lines, recorded.Sequence, recorded.Contact, id, TypeNames[(int)happened.Type], name, occurredAt, receivedAt, _details.Written);
        _builder.EndLine();
        Follow(recorded.Contact, key);
    }

    private void Write(int partition, RecordedFact recorded)
    {
        var header = FactJson.Header(recorded.Fact);
        var names = new FactNames(
            _names.Of(header.Kind), _names.Optional(header.Journey), _names.Optional(header.Step), _names.Optional(header.Reason),
            _names.Optional(header.Actor));
        var at = Milliseconds(recorded.At);
        StartDetails();
        FactJson.WriteDetails(_json, recorded.Fact);
        _json.Flush();

        var key = RowKey.Of(partition, recorded.Sequence);
        var cause = CauseOf(recorded.Cause);
        _fact.Bind(1, key).Bind(2, at).Bind(3, recorded.Contact);
        Bind(4, cause);
        _fact
            .Bind(5, names.Kind).Bind(6, names.Journey).Bind(7, header.Version).Bind(8, header.Ordinal).Bind(9, names.Step)
            .Bind(10, names.Reason).Bind(11, names.Actor).BindText(12, _details.Written)
            .Run();
        RecordLine.AppendFact(
            _builder.Lines, recorded.Sequence, recorded.Contact, at, cause, names, header.Version, header.Ordinal, _details.Written);
        _builder.EndLine();
        Follow(recorded.Contact, key);
    }

    private void StartDetails()
    {
        _details.Clear();
        _json.Reset();
    }

    // The facts of one stimulus share their cause.
    private StoredCause CauseOf(string cause)
    {
        if (!ReferenceEquals(cause, _lastCause.Text))
        {
            _lastCause = (cause, StoredCause.Of(cause));
        }
        return _lastCause.Stored;
    }

    private void Bind(int place, StoredCause cause)
    {
        if (cause.PlainText is { } text)
        {
            _fact.Bind(place, text);
            return;
        }
        Span<byte> bytes = stackalloc byte[17];
        cause.CopyTo(bytes);
        _fact.BindBlob(place, bytes);
    }

    private void Follow(long contact, long key)
    {
        if (_stretches.Count > 0 && _stretches[^1] is var last && last.Contact == contact && last.Last == key - 1)
        {
            _stretches[^1] = last with { Last = key };
            return;
        }
        _stretches.Add((contact, key, key));
    }

    // In key order, so that neighbours in the index are written one after the other.
    private void WriteTrails()
    {
        _stretches.Sort();
        foreach (var (contact, first, last) in _stretches)
        {
            _trail.Bind(1, contact).Bind(2, first).Bind(3, last).Run();
        }
    }

    private static long Milliseconds(Instant time)
    {
        var milliseconds = time.ToUnixTimeMilliseconds();
        Invariant.Holds(
            Instant.FromUnixTimeMilliseconds(milliseconds) == time,
            "Expected times in whole milliseconds, as the door of the system rounds them, but one is finer.");
        return milliseconds;
    }
}
