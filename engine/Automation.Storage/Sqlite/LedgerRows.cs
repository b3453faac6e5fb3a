using Automation.Runtime.Ports;
using Automation.Storage.Ledger;

namespace Automation.Storage.Sqlite;

/// <summary>Writes the encoded events and facts of one commit in their common order, the trail of each contact, their counts, and the seal.</summary>
internal sealed class LedgerRows(SqliteDatabase database, NameTable names, TallyTable tallies)
{
    private readonly SqliteStatement _event = database.Prepare("insert_event");
    private readonly SqliteStatement _fact = database.Prepare("insert_fact");
    private readonly SqliteStatement _trail = database.Prepare("insert_trail");
    private readonly SqliteStatement _seal = database.Prepare("insert_seal");
    private readonly Marks _marks = new(database, names);
    private readonly List<(long Contact, long First, long Last)> _stretches = [];

    public void Write(CommitBatch batch, BatchEncoder encoded, byte[] seal)
    {
        var records = encoded.Records;
        if (records.Count == 0)
        {
            return;
        }
        _stretches.Clear();
        _marks.Clear();
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            var key = RowKey.Of(batch.Partition, record.Sequence);
            if (record.IsEvent)
            {
                Write(key, record, batch.Events[record.Index], encoded.Details(record));
            }
            else
            {
                Write(key, record, batch.Facts[record.Index], encoded.Details(record));
            }
            Follow(record.Contact, key);
        }
        WriteTrails();
        _marks.Write();
        tallies.Write();
        _seal
            .Bind(1, RowKey.Of(batch.Partition, records[0].Sequence)).Bind(2, RowKey.Of(batch.Partition, records[^1].Sequence))
            .Bind(3, batch.At.ToUnixTimeMilliseconds()).BindBlob(4, seal).BindBlob(5, encoded.Checks)
            .Run();
    }

    private void Write(long key, in EncodedRecord record, in RecordedEvent recorded, ReadOnlySpan<byte> details) =>
        _event
            .Bind(1, key).Bind(2, record.Contact).Bind(3, record.Id).Bind(4, (long)recorded.Event.Type).Bind(5, names.Of(recorded.Event.Name))
            .Bind(6, recorded.Event.OccurredAt.ToUnixTimeMilliseconds()).Bind(7, recorded.Event.ReceivedAt.ToUnixTimeMilliseconds())
            .BindText(8, details)
            .Run();

    private void Write(long key, in EncodedRecord record, in RecordedFact recorded, ReadOnlySpan<byte> details)
    {
        var header = record.Header;
        _fact.Bind(1, key).Bind(2, recorded.At.ToUnixTimeMilliseconds()).Bind(3, record.Contact);
        Bind(4, record.Cause);
        _fact
            .Bind(5, names.Of(header.Kind)).Bind(6, names.Optional(header.Journey)).Bind(7, header.Version).Bind(8, header.Ordinal)
            .Bind(9, names.Optional(header.Step)).Bind(10, names.Optional(header.Reason)).Bind(11, names.Optional(header.Actor))
            .BindText(12, details)
            .Bind(13, tallies.Count(TallyKey.Of(header, recorded.Fact), TallyHours.Of(recorded.At)))
            .Run();
        _marks.Add(MarkOf.Actor, header.Actor, key);
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
}
