using Automation.Core.Contacts;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;

namespace Automation.Bench.Storage;

/// <summary>The rows of a commit of one of several partitions: sequences with their partition, people met for the first time apart.</summary>
internal sealed record PostgresFloorRows(
    FloorRows Rows, long At, List<(long Contact, byte[] State, long? Due)> NewContacts, List<(Identity Identity, long Contact)> Identities,
    List<(Guid Message, short Status, long At)> Settled)
{
    public static PostgresFloorRows Of(CommitBatch batch)
    {
        var rows = FloorRows.Of(batch);
        var known = batch.Contacts.Where(change => change.Before is not null).Select(change => change.After.Id).ToHashSet();
        long Key(long sequence) => PartitionedNumber.Of(batch.Partition, sequence);
        return new(
            rows with
            {
                Events = rows.Events.ConvertAll(e => e with { Sequence = Key(e.Sequence) }),
                Facts = rows.Facts.ConvertAll(f => f with { Sequence = Key(f.Sequence) }),
                Contacts = rows.Contacts.FindAll(contact => known.Contains(contact.Contact)),
            },
            batch.At.ToUnixTimeMilliseconds(),
            rows.Contacts.FindAll(contact => !known.Contains(contact.Contact)),
            [.. batch.Identities.Select(link => (link.Identity, link.Contact))],
            [.. batch.MessageChanges.Select(change => (change.Message, (short)change.Status, change.At.ToUnixTimeMilliseconds()))]);
    }
}
