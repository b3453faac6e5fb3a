using System.Text;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>The encoded events and facts of a commit, column by column, and their seal.</summary>
internal sealed class LedgerStatements(BatchEncoder encoder)
{
    /// <param name="tallies">The key of each fact.</param>
    public void Add(Statements to, CommitBatch batch, byte[] seal, long revision, long committedAt, List<int> tallies)
    {
        var records = encoder.Records;
        if (records.Count == 0)
        {
            return;
        }
        AddEvents(to, batch, committedAt);
        AddFacts(to, batch, committedAt, tallies);
        PostgresTallies.Add(to, batch, tallies);
        to.Add(
            "insert_seal", Of(RowKey.Of(batch.Partition, records[0].Sequence)), Of(RowKey.Of(batch.Partition, records[^1].Sequence)),
            Of(committedAt), Of(revision), Of(seal), Of(encoder.Checks.ToArray()));
    }

    private void AddEvents(Statements to, CommitBatch batch, long committedAt)
    {
        var count = batch.Events.Count;
        if (count == 0)
        {
            return;
        }
        var (sequences, contacts, ids, types, names) =
            (new List<long>(count), new List<long>(count), new List<Guid>(count), new List<short>(count), new List<string>(count));
        var (occurred, received, details) = (new List<long>(count), new List<long>(count), new List<ReadOnlyMemory<byte>>(count));
        foreach (var record in encoder.Records)
        {
            if (!record.IsEvent)
            {
                continue;
            }
            var happened = batch.Events[record.Index].Event;
            sequences.Add(RowKey.Of(batch.Partition, record.Sequence));
            contacts.Add(record.Contact);
            ids.Add(record.Id);
            types.Add((short)happened.Type);
            names.Add(happened.Name);
            occurred.Add(happened.OccurredAt.ToUnixTimeMilliseconds());
            received.Add(happened.ReceivedAt.ToUnixTimeMilliseconds());
            details.Add(encoder.Memory(record));
        }
        var keys = ids.ToArray();
        Array.Sort(keys);
        to.Add("insert_event_keys", Of(keys), Of(committedAt));
        to.Add(
            "insert_events", Of(sequences), Of(contacts), Of(ids), Of(types), Of(names), Of(occurred), Of(received), Texts(details), Of(committedAt));
    }

    private void AddFacts(Statements to, CommitBatch batch, long committedAt, List<int> tallies)
    {
        var count = batch.Facts.Count;
        if (count == 0)
        {
            return;
        }
        var (sequences, times, contacts, causes) = (new List<long>(count), new List<long>(count), new List<long>(count), new List<ReadOnlyMemory<byte>>(count));
        var (kinds, journeys, versions, ordinals) = (new List<string>(count), new List<string?>(count), new List<int?>(count), new List<int?>(count));
        var (steps, reasons, actors, details) = (new List<string?>(count), new List<string?>(count), new List<string?>(count), new List<ReadOnlyMemory<byte>>(count));
        foreach (var record in encoder.Records)
        {
            if (record.IsEvent)
            {
                continue;
            }
            sequences.Add(RowKey.Of(batch.Partition, record.Sequence));
            times.Add(batch.Facts[record.Index].At.ToUnixTimeMilliseconds());
            contacts.Add(record.Contact);
            causes.Add(Cause(record.Cause));
            kinds.Add(record.Header.Kind);
            journeys.Add(record.Header.Journey);
            versions.Add(record.Header.Version);
            ordinals.Add(record.Header.Ordinal);
            steps.Add(record.Header.Step);
            reasons.Add(record.Header.Reason);
            actors.Add(record.Header.Actor);
            details.Add(encoder.Memory(record));
        }
        to.Add(
            "insert_facts", Of(sequences), Of(times), Of(contacts), Bytes(causes), Of(kinds), Of(journeys), Of(versions), Of(ordinals), Of(steps),
            Of(reasons), Of(actors), Texts(details), Of(tallies), Of(committedAt));
    }

    // A text never begins with the bytes that tag an id.
    private static ReadOnlyMemory<byte> Cause(StoredCause cause)
    {
        if (cause.PlainText is { } text)
        {
            return Encoding.UTF8.GetBytes(text);
        }
        var bytes = new byte[17];
        cause.CopyTo(bytes);
        return bytes;
    }
}
