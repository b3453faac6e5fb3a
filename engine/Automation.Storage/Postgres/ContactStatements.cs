using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>
/// The contacts of a commit with their identities and enrollments, column by column. Whatever two commits may share is written in one
/// order, first contacts, then message ids, then identities, each by key, so that two of them never wait for each other in a circle.
/// </summary>
internal sealed class ContactStatements
{
    private readonly ByteBuffer _states = new(256 * 1024);
    private readonly List<int> _ends = [];

    /// <param name="partition">Whose commit it is; owners of other partitions are told what it writes of theirs.</param>
    public void Add(Statements to, IReadOnlyList<ContactChange> changes, long revision, int partition)
    {
        EncodeStates(changes);
        var (ids, revisions, dues, states) = Columns();
        var (newIds, _, newDues, newStates) = Columns();
        var start = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            var state = _states.Memory[start.._ends[i]];
            start = _ends[i];
            if (change.Before is null)
            {
                newIds.Add(change.After.Id);
                newDues.Add(ContactColumns.Due(change.NextDueAt));
                newStates.Add(state);
            }
            else
            {
                ids.Add(change.After.Id);
                revisions.Add(change.Revision);
                dues.Add(ContactColumns.Due(change.NextDueAt));
                states.Add(state);
            }
        }
        if (ids.Count > 0)
        {
            if (ids.FindAll(id => PartitionOf.Contact(id) != partition) is { Count: > 0 } elsewhere)
            {
                to.Add("insert_written_elsewhere", Of(elsewhere));
            }
            to.Add("update_contacts", Of(ids), Of(revisions), Of(dues), Bytes(states), Of(revision));
        }
        if (newIds.Count > 0)
        {
            to.Add("insert_contacts", Of(newIds), Of(newDues), Bytes(newStates), Of(revision));
        }
        AddEnrollments(to, changes);
    }

    /// <summary>A batch may hand an identity on more than once: the first owner before and the last after are what counts.</summary>
    public static void Add(Statements to, IReadOnlyList<IdentityLink> links)
    {
        if (links.Count == 0)
        {
            return;
        }
        var last = new Dictionary<Identity, IdentityLink>(links.Count);
        foreach (var link in links)
        {
            last[link.Identity] = last.TryGetValue(link.Identity, out var earlier) ? link with { Before = earlier.Before } : link;
        }
        var sorted = last.Values.OrderBy(l => l.Identity.Value, StringComparer.Ordinal).ThenBy(l => l.Identity.Type, StringComparer.Ordinal).ToList();
        var gone = sorted.FindAll(l => l.Contact == Contact.Nobody && l.Before is not null);
        sorted.RemoveAll(l => l.Contact == Contact.Nobody);
        if (gone.Count > 0)
        {
            to.Add(
                "delete_identities", Of(gone.ConvertAll(l => l.Identity.Type)), Of(gone.ConvertAll(l => l.Identity.Value)), Of(gone.ConvertAll(l => l.Before!.Value)));
        }
        var (fresh, moved) = (sorted.FindAll(l => l.Before is null), sorted.FindAll(l => l.Before is { } before && before != l.Contact));
        if (fresh.Count > 0)
        {
            to.Add("insert_identities", Of(fresh.ConvertAll(l => l.Identity.Type)), Of(fresh.ConvertAll(l => l.Identity.Value)), Of(fresh.ConvertAll(l => l.Contact)));
        }
        if (moved.Count > 0)
        {
            to.Add(
                "move_identities", Of(moved.ConvertAll(l => l.Identity.Type)), Of(moved.ConvertAll(l => l.Identity.Value)),
                Of(moved.ConvertAll(l => l.Contact)), Of(moved.ConvertAll(l => l.Before!.Value)));
        }
    }

    private static (List<long> Ids, List<long> Revisions, List<long?> Dues, List<ReadOnlyMemory<byte>> States) Columns() => ([], [], [], []);

    // All of them before the first is pointed to: the buffer moves when it grows.
    private void EncodeStates(IReadOnlyList<ContactChange> changes)
    {
        _states.Clear();
        _ends.Clear();
        for (var i = 0; i < changes.Count; i++)
        {
            ContactBytes.Write(_states, changes[i].After);
            _ends.Add(_states.Length);
        }
    }

    private static void AddEnrollments(Statements to, IReadOnlyList<ContactChange> changes)
    {
        var ended = new List<(long Contact, Enrollment Enrollment)>();
        var moved = new List<(long Contact, Enrollment Enrollment)>();
        for (var i = 0; i < changes.Count; i++)
        {
            var (before, after) = (changes[i].Before?.Enrollments ?? [], changes[i].After.Enrollments);
            if (before == after)
            {
                continue;
            }
            foreach (var old in before)
            {
                if (ContactColumns.Find(after, old.Ordinal) is null)
                {
                    ended.Add((changes[i].After.Id, old));
                }
            }
            foreach (var now in after)
            {
                if (ContactColumns.Find(before, now.Ordinal) is not { } old || !ContactColumns.StandsAlike(old, now))
                {
                    moved.Add((changes[i].After.Id, now));
                }
            }
        }
        if (ended.Count > 0)
        {
            to.Add("delete_enrollments", Of(ended.ConvertAll(e => e.Enrollment.Journey)), Of(ended.ConvertAll(e => e.Contact)), Of(ended.ConvertAll(e => e.Enrollment.Ordinal)));
        }
        if (moved.Count > 0)
        {
            to.Add(
                "upsert_enrollments", Of(moved.ConvertAll(e => e.Enrollment.Journey)), Of(moved.ConvertAll(e => e.Contact)),
                Of(moved.ConvertAll(e => e.Enrollment.Ordinal)), Of(moved.ConvertAll(e => e.Enrollment.Version)),
                Of(moved.ConvertAll(e => e.Enrollment.Step)), Of(moved.ConvertAll(e => (short)e.Enrollment.Status)),
                Of(moved.ConvertAll(e => e.Enrollment.HeldSince is not null)), Of(moved.ConvertAll(e => e.Enrollment.Since.ToUnixTimeMilliseconds())),
                Of(moved.ConvertAll(e => e.Enrollment.WakeAt?.ToUnixTimeMilliseconds())));
        }
    }
}
