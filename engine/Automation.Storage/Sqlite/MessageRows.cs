using System.Text.Json;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>Writes the outbox: new messages, what became of earlier ones, and the claims of who is about to send.</summary>
internal sealed class MessageRows : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly NameTable _names;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _claim;
    private readonly SqliteStatement _cancel;
    private readonly SqliteStatement _requeue;
    private readonly SqliteStatement _settle;
    private readonly SqliteStatement _replayed;
    private readonly ByteBuffer _content = new(4096);
    private readonly Utf8JsonWriter _json;

    public MessageRows(SqliteDatabase database, NameTable names)
    {
        _database = database;
        _names = names;
        _insert = database.Prepare("insert_message");
        _claim = database.Prepare("claim_message");
        _cancel = database.Prepare("cancel_message");
        _requeue = database.Prepare("requeue_message");
        _settle = database.Prepare("settle_message");
        _replayed = database.Prepare("mark_replayed");
        _json = new Utf8JsonWriter(_content, JsonFields.Options);
    }

    /// <summary>Changes before claims: a message that is taken back in this very batch is not sent any more.</summary>
    public IReadOnlySet<Guid> Write(CommitBatch batch)
    {
        foreach (var message in batch.Messages)
        {
            Insert(message);
        }
        foreach (var change in batch.MessageChanges)
        {
            Change(change);
        }
        var claimed = new HashSet<Guid>(batch.Intents.Count);
        foreach (var intent in batch.Intents)
        {
            _claim.Bind(1, intent.Message).Bind(2, intent.Attempt).Bind(3, batch.At).Run();
            if (_database.Changes == 1)
            {
                claimed.Add(intent.Message);
            }
        }
        return claimed;
    }

    public void Dispose() => _json.Dispose();

    private void Insert(OutboxMessage queued)
    {
        var message = queued.Message;
        _content.Clear();
        _json.Reset();
        PropertyJson.Write(_json, message.Content);
        _json.Flush();
        _insert
            .Bind(1, message.Message).Bind(2, queued.Contact).Bind(3, message.Ordinal).Bind(4, _names.Of(message.Journey))
            .Bind(5, message.Version).Bind(6, _names.Of(message.Step)).Bind(7, _names.Of(message.Channel)).Bind(8, _names.Of(message.Account))
            .Bind(9, _names.Of(message.Template)).Bind(10, message.IsCall ? 1 : 0).Bind(11, queued.QueuedAt).Bind(12, message.SendBefore)
            .Bind(13, _names.Of(message.AddressType)).Bind(14, message.Address).BindText(15, _content.Written)
            .Run();
    }

    private void Change(MessageChange change)
    {
        if (change.Mark == FailureMark.Replayed)
        {
            _replayed.Bind(1, change.Message).Run();
            return;
        }
        switch (change.Status)
        {
            case OutboxStatus.Cancelled:
                _cancel.Bind(1, change.Message).Bind(2, change.At).Bind(3, _names.Optional(change.Reason)).Run();
                break;
            case OutboxStatus.Queued:
                _requeue.Bind(1, change.Message).Bind(2, change.At).Bind(3, change.Attempt).Bind(4, change.SendBefore).Run();
                break;
            default:
                _settle
                    .Bind(1, change.Message).Bind(2, (long)change.Status).Bind(3, change.At).Bind(4, change.VendorId)
                    .Bind(5, _names.Optional(change.Reason)).Bind(6, change.Code).Bind(7, change.Text).Bind(8, change.AwaitsReceipt ? 1 : 0)
                    .Bind(9, change.Mark == FailureMark.Replayable ? 1 : 0)
                    .Run();
                break;
        }
    }
}
