using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>Writes contacts' own keys, and takes away what is left of who was erased.</summary>
internal sealed class PersonalRows(SqliteDatabase database)
{
    private readonly SqliteStatement _insert = database.Prepare("insert_contact_key");
    private readonly SqliteStatement _move = database.Prepare("move_contact_keys");
    private readonly SqliteStatement _messages = database.Prepare("erase_messages");
    private readonly SqliteStatement _blank = database.Prepare("blank_contact_keys");
    private readonly SqliteStatement _delete = database.Prepare("delete_contact_keys");

    public void Write(CommitBatch batch)
    {
        foreach (var key in batch.NewKeys)
        {
            _insert.Bind(1, key.Contact).Bind(2, key.Ring).BindBlob(3, key.Wrapped).Run();
        }
        foreach (var (from, to) in batch.KeyMoves)
        {
            _move.Bind(1, from).Bind(2, to).Run();
        }
        foreach (var contact in batch.Erased)
        {
            _messages.Bind(1, contact).Run();
            // Written over where it stands before the row goes: what SQLite frees it does not always wipe.
            _blank.Bind(1, contact).Run();
            _delete.Bind(1, contact).Run();
        }
    }
}
