using System.Text.Json;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>The outbox in a commit: new messages, what became of earlier ones, and the claims of who is about to send.</summary>
internal sealed class MessageStatements : IDisposable
{
    private readonly ByteBuffer _contents = new(64 * 1024);
    private readonly List<int> _ends = [];
    private readonly Utf8JsonWriter _json;

    public MessageStatements() => _json = new Utf8JsonWriter(_contents, JsonFields.Options);

    /// <summary>Changes before claims: a message that is taken back in this very batch is not sent any more.</summary>
    /// <returns>The place of the statement that answers with the claimed ids, or -1.</returns>
    public int Add(Statements to, CommitBatch batch, string node)
    {
        AddNew(to, batch.Messages);
        AddChanges(to, batch.MessageChanges);
        if (batch.Intents.Count == 0)
        {
            return -1;
        }
        return to.Add(
            "claim_messages", Of(batch.Intents.Select(i => i.Message).ToArray()), Of(batch.Intents.Select(i => i.Attempt).ToArray()),
            Of(batch.At.ToUnixTimeMilliseconds()), Of(node));
    }

    public void Dispose() => _json.Dispose();

    private void AddNew(Statements to, IReadOnlyList<OutboxMessage> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }
        var contents = Contents(messages);
        to.Add(
            "insert_messages", Column(messages, m => m.Message.Message), Column(messages, m => m.Contact), Column(messages, m => m.Message.Ordinal),
            Column(messages, m => m.Message.Journey), Column(messages, m => m.Message.Version), Column(messages, m => m.Message.Step),
            Column(messages, m => m.Message.Channel), Column(messages, m => m.Message.Account), Column(messages, m => m.Message.Template),
            Column(messages, m => m.Message.IsCall), Column(messages, m => m.QueuedAt.ToUnixTimeMilliseconds()),
            Column(messages, m => m.Message.SendBefore?.ToUnixTimeMilliseconds()), Column(messages, m => m.Message.AddressType),
            Column(messages, m => m.Message.Address), Texts(contents));
    }

    private List<ReadOnlyMemory<byte>> Contents(IReadOnlyList<OutboxMessage> messages)
    {
        _contents.Clear();
        _ends.Clear();
        foreach (var message in messages)
        {
            _json.Reset();
            PropertyJson.Write(_json, message.Message.Content);
            _json.Flush();
            _ends.Add(_contents.Length);
        }
        var contents = new List<ReadOnlyMemory<byte>>(messages.Count);
        var start = 0;
        foreach (var end in _ends)
        {
            contents.Add(_contents.Memory[start..end]);
            start = end;
        }
        return contents;
    }

    // One batch may speak of a message more than once; in one statement only one of them would count, so each run of one kind is a statement.
    private static void AddChanges(Statements to, IReadOnlyList<MessageChange> changes)
    {
        var run = new List<MessageChange>();
        var seen = new HashSet<Guid>();
        foreach (var change in changes)
        {
            if (run.Count > 0 && (Kind(run[0]) != Kind(change) || IsReplayed(run[0]) != IsReplayed(change) || !seen.Add(change.Message)))
            {
                AddRun(to, run);
                run.Clear();
                seen.Clear();
            }
            seen.Add(change.Message);
            run.Add(change);
        }
        if (run.Count > 0)
        {
            AddRun(to, run);
        }
    }

    private static OutboxStatus Kind(MessageChange change) =>
        change.Status is OutboxStatus.Cancelled or OutboxStatus.Queued ? change.Status : OutboxStatus.Sent;

    private static bool IsReplayed(MessageChange change) => change.Mark == FailureMark.Replayed;

    private static void AddRun(Statements to, List<MessageChange> run)
    {
        var (ids, times) = (Column(run, c => c.Message), Column(run, c => c.At.ToUnixTimeMilliseconds()));
        if (IsReplayed(run[0]))
        {
            to.Add("mark_replayed", ids);
            return;
        }
        switch (Kind(run[0]))
        {
            case OutboxStatus.Cancelled:
                to.Add("cancel_messages", ids, times, Column(run, c => c.Reason));
                break;
            case OutboxStatus.Queued:
                to.Add("requeue_messages", ids, times, Column(run, c => c.Attempt), Column(run, c => c.SendBefore?.ToUnixTimeMilliseconds()));
                break;
            default:
                to.Add(
                    "settle_messages", ids, Column(run, c => (short)c.Status), times, Column(run, c => c.VendorId), Column(run, c => c.Reason),
                    Column(run, c => c.Code), Column(run, c => c.Text), Column(run, c => c.AwaitsReceipt),
                    Column(run, c => c.Mark == FailureMark.Replayable));
                break;
        }
    }

    private static Npgsql.NpgsqlParameter Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value)
    {
        var column = new T[rows.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(rows[i]);
        }
        return Of(column);
    }
}
