using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>Writes the contacts of a commit, their identities, and their enrollments by what changed.</summary>
internal sealed class ContactRows(SqliteDatabase database, NameTable names)
{
    private readonly SqliteStatement _insert = database.Prepare("insert_contact");
    private readonly SqliteStatement _update = database.Prepare("update_contact");
    private readonly SqliteStatement _updateState = database.Prepare("update_contact_if_due_unchanged");
    private readonly SqliteStatement _identity = database.Prepare("upsert_identity");
    private readonly SqliteStatement _noIdentity = database.Prepare("delete_identity");
    private readonly SqliteStatement _enrollment = database.Prepare("upsert_enrollment");
    private readonly SqliteStatement _ended = database.Prepare("delete_enrollment");
    private readonly ByteBuffer _state = new(4096);

    public void Write(IReadOnlyList<ContactChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            Write(changes[i]);
        }
        for (var i = 0; i < changes.Count; i++)
        {
            WriteEnrollments(changes[i]);
        }
    }

    public void Write(IReadOnlyList<IdentityLink> links)
    {
        foreach (var link in links)
        {
            if (link.Contact == Contact.Nobody)
            {
                _noIdentity.Bind(1, names.Of(link.Identity.Type)).Bind(2, link.Identity.Value).Bind(3, link.Before ?? 0).Run();
                continue;
            }
            _identity.Bind(1, names.Of(link.Identity.Type)).Bind(2, link.Identity.Value).Bind(3, link.Contact).Run();
        }
    }

    private void Write(in ContactChange change)
    {
        _state.Clear();
        ContactBytes.Write(_state, change.After);
        var due = ContactColumns.Due(change.NextDueAt);
        if (change.Before is null)
        {
            _insert.Bind(1, change.After.Id).BindBlob(2, _state.Written).Bind(3, due).Run();
            return;
        }
        _updateState.Bind(1, change.After.Id).BindBlob(2, _state.Written).Bind(3, due).Run();
        if (database.Changes > 0)
        {
            return;
        }
        _update.Bind(1, change.After.Id).BindBlob(2, _state.Written).Bind(3, due).Run();
        Invariant.Holds(database.Changes == 1, "Expected a changed contact to be stored, but it is not.");
    }

    private void WriteEnrollments(in ContactChange change)
    {
        var (before, after) = (change.Before?.Enrollments ?? [], change.After.Enrollments);
        if (before == after)
        {
            return;
        }
        foreach (var old in before)
        {
            if (ContactColumns.Find(after, old.Ordinal) is null)
            {
                _ended.Bind(1, names.Of(old.Journey)).Bind(2, change.After.Id).Bind(3, old.Ordinal).Run();
            }
        }
        foreach (var now in after)
        {
            if (ContactColumns.Find(before, now.Ordinal) is not { } old || !ContactColumns.StandsAlike(old, now))
            {
                Write(change.After.Id, now);
            }
        }
    }

    private void Write(long contact, Enrollment enrollment) =>
        _enrollment
            .Bind(1, names.Of(enrollment.Journey)).Bind(2, contact).Bind(3, enrollment.Ordinal).Bind(4, enrollment.Version)
            .Bind(5, names.Of(enrollment.Step)).Bind(6, (long)enrollment.Status).Bind(7, enrollment.HeldSince is null ? 0 : 1)
            .Bind(8, enrollment.Since).Bind(9, enrollment.WakeAt)
            .Run();
}
