using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Storage.Ledger;

/// <summary>An event or a fact of a batch, ready to be bound to its row.</summary>
/// <param name="Index">Its place in the batch's list of events or of facts.</param>
internal readonly record struct EncodedRecord(
    bool IsEvent, int Index, long Sequence, long Contact, Guid Id, StoredCause Cause, FactHeader Header, int DetailsStart, int DetailsLength);

/// <summary>
/// Turns a batch's events and facts into details, lines and the seal. It needs nothing of the database, so a store runs it on another
/// core while its own thread writes contacts and messages.
/// </summary>
internal sealed class BatchEncoder : IDisposable
{
    private const int NamesMax = 20_000;

    private readonly ByteBuffer _details = new(64 * 1024);
    private readonly SealBuilder _builder = new();
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, StoredName> _names = new(StringComparer.Ordinal);
    private readonly List<EncodedRecord> _records = [];
    private (string Text, StoredCause Stored) _lastCause = ("", StoredCause.Of(""));

    public BatchEncoder() => _json = new Utf8JsonWriter(_details, JsonFields.Options);

    /// <summary>In sequence order.</summary>
    public IReadOnlyList<EncodedRecord> Records => _records;

    public ReadOnlySpan<byte> Checks => _builder.Checks;

    /// <summary>Valid until the next batch is encoded.</summary>
    public ReadOnlyMemory<byte> Memory(in EncodedRecord record) => _details.Memory.Slice(record.DetailsStart, record.DetailsLength);

    public ReadOnlySpan<byte> Details(in EncodedRecord record) => _details.Written.Slice(record.DetailsStart, record.DetailsLength);

    /// <summary>Returns the new seal, or the previous one when there is nothing to seal.</summary>
    /// <param name="at">The commit's time as the seal has it, which the seal covers.</param>
    /// <param name="revision">The seal covers it too, in stores of several partitions, where it orders their records.</param>
    public byte[] Encode(CommitBatch batch, byte[] previousSeal, Instant at, long? revision = null)
    {
        _details.Clear();
        _records.Clear();
        var (events, facts) = (batch.Events, batch.Facts);
        var count = events.Count + facts.Count;
        if (count == 0)
        {
            return previousSeal;
        }
        _builder.Start(previousSeal, revision, Milliseconds(at));
        var (nextEvent, nextFact) = (0, 0);
        var first = Math.Min(events.Count > 0 ? events[0].Sequence : long.MaxValue, facts.Count > 0 ? facts[0].Sequence : long.MaxValue);
        for (var sequence = first; sequence < first + count; sequence++)
        {
            if (nextEvent < events.Count && events[nextEvent].Sequence == sequence)
            {
                Encode(nextEvent, events[nextEvent]);
                nextEvent++;
                continue;
            }
            Invariant.Holds(
                nextFact < facts.Count && facts[nextFact].Sequence == sequence,
                "Expected the events and facts of a batch to share one sequence without gaps, but there is one.");
            Encode(nextFact, facts[nextFact]);
            nextFact++;
        }
        return _builder.Seal();
    }

    public void Dispose()
    {
        _json.Dispose();
        _builder.Dispose();
    }

    private void Encode(int index, in RecordedEvent recorded)
    {
        var happened = recorded.Event;
        var isGuid = MessageKey.TryGuid(happened.MessageId, out var id);
        if (!isGuid)
        {
            id = MessageKey.Of(happened.MessageId);
        }
        var start = _details.Length;
        _json.Reset();
        EventJson.WriteDetails(_json, happened, withMessageId: !isGuid);
        _json.Flush();
        var record = new EncodedRecord(true, index, recorded.Sequence, recorded.Contact, id, default, default, start, _details.Length - start);
        RecordLine.AppendEvent(
            _builder.Lines, record.Sequence, record.Contact, id, EventTypes.Name((long)happened.Type), NameOf(happened.Name)!,
            Milliseconds(happened.OccurredAt), Milliseconds(happened.ReceivedAt), Details(record));
        _builder.EndLine();
        _records.Add(record);
    }

    private void Encode(int index, in RecordedFact recorded)
    {
        var header = FactJson.Header(recorded.Fact);
        var start = _details.Length;
        _json.Reset();
        FactJson.WriteDetails(_json, recorded.Fact);
        _json.Flush();
        var record = new EncodedRecord(
            false, index, recorded.Sequence, recorded.Contact, default, CauseOf(recorded.Cause), header, start, _details.Length - start);
        var names = new FactNames(NameOf(header.Kind)!, NameOf(header.Journey), NameOf(header.Step), NameOf(header.Reason), NameOf(header.Actor));
        RecordLine.AppendFact(
            _builder.Lines, record.Sequence, record.Contact, Milliseconds(recorded.At), record.Cause, names, header.Version, header.Ordinal,
            Details(record));
        _builder.EndLine();
        _records.Add(record);
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

    // Only for their JSON; the numbers are the database's affair. Bounded, as event names come from outside.
    private StoredName? NameOf(string? text)
    {
        if (text is null)
        {
            return null;
        }
        if (!_names.TryGetValue(text, out var name))
        {
            name = new StoredName(null, text);
            if (_names.Count < NamesMax)
            {
                _names.Add(text, name);
            }
        }
        return name;
    }

    private static long Milliseconds(Instant time)
    {
        var ticks = time.ToUnixTimeTicks();
        var milliseconds = ticks / NodaConstants.TicksPerMillisecond;
        Invariant.Holds(
            milliseconds * NodaConstants.TicksPerMillisecond == ticks,
            "Expected times in whole milliseconds, as the door of the system rounds them, but one is finer.");
        return milliseconds;
    }
}
