using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Memory;

/// <summary>
/// The store of a process that keeps nothing: for tests and for trying things out. It keeps the same promises as a database,
/// one commit whole or not at all, but not beyond the end of the process, and it seals nothing.
/// </summary>
public sealed partial class InMemoryStore : IEngineStore
{
    private static readonly byte[] NoSeal = new byte[32];

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Contact> _contacts = [];
    private readonly Dictionary<Identity, long> _owners = [];
    private readonly HashSet<string> _messageIds = new(StringComparer.Ordinal);
    private readonly SortedSet<(Instant Due, long Contact)> _due = [];
    private readonly Dictionary<long, Instant> _dueOf = [];
    private readonly List<LedgerRecord> _records = [];
    private readonly Dictionary<Guid, MessageRow> _messages = [];
    private readonly List<Guid> _messageOrder = [];
    private readonly Dictionary<Guid, Instant> _claimedAt = [];
    private readonly HashSet<Guid> _awaitingReceipt = [];
    private readonly Dictionary<CounterKey, long> _counters = [];
    private readonly Dictionary<DayKey, long> _days = [];
    private long _nextSequence = 1;
    private long _nextContact = 1;

    public ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var known = new HashSet<string>(StringComparer.Ordinal);
            foreach (var id in request.MessageIds)
            {
                if (_messageIds.Contains(id))
                {
                    known.Add(id);
                }
            }
            var owners = new Dictionary<Identity, long>();
            var contacts = new Dictionary<long, Contact>();
            foreach (var identity in request.Identities)
            {
                if (_owners.TryGetValue(identity, out var owner))
                {
                    owners[identity] = owner;
                    contacts[owner] = _contacts[owner];
                }
            }
            foreach (var id in request.ContactIds)
            {
                if (_contacts.TryGetValue(id, out var contact))
                {
                    contacts[id] = contact;
                }
            }
            return ValueTask.FromResult(new LoadResult(known, owners, contacts));
        }
    }

    public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Refuse(batch);
            foreach (var recorded in batch.Events)
            {
                _messageIds.Add(recorded.Event.MessageId);
            }
            WriteRecords(batch);
            foreach (var change in batch.Contacts)
            {
                Write(change);
            }
            foreach (var link in batch.Identities)
            {
                if (link.Contact == Contact.Nobody)
                {
                    _owners.Remove(link.Identity);
                }
                else
                {
                    _owners[link.Identity] = link.Contact;
                }
            }
            foreach (var message in batch.Messages)
            {
                _messages.Add(message.Message.Message, RowOf(message));
                _messageOrder.Add(message.Message.Message);
            }
            foreach (var change in batch.MessageChanges)
            {
                Write(change);
            }
            foreach (var (key, count) in batch.Counters)
            {
                _counters[key] = _counters.GetValueOrDefault(key) + count;
            }
            foreach (var (key, count) in batch.Days)
            {
                _days[key] = _days.GetValueOrDefault(key) + count;
            }
            return ValueTask.FromResult(new CommitResult(Claim(batch), NoSeal));
        }
    }

    public ValueTask<IReadOnlyList<DueContact>> DueContactsAsync(Instant now, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var due = new List<DueContact>();
            foreach (var (at, contact) in _due)
            {
                if (at > now || due.Count == limit)
                {
                    break;
                }
                due.Add(new DueContact(contact, at));
            }
            return ValueTask.FromResult<IReadOnlyList<DueContact>>(due);
        }
    }

    public ValueTask<PartitionHead> HeadAsync(int partition, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(new PartitionHead(_nextSequence, _nextContact, NoSeal));
        }
    }

    // What a database's constraints would refuse, before anything is written.
    private void Refuse(CommitBatch batch)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var recorded in batch.Events)
        {
            if (_messageIds.Contains(recorded.Event.MessageId) || !ids.Add(recorded.Event.MessageId))
            {
                throw new InvalidOperationException($"Expected a new message id, but '{recorded.Event.MessageId}' is recorded already.");
            }
            if (recorded.Sequence < _nextSequence)
            {
                throw new InvalidOperationException($"Expected sequence {_nextSequence} or later, but got {recorded.Sequence}.");
            }
        }
        foreach (var message in batch.Messages)
        {
            if (_messages.ContainsKey(message.Message.Message))
            {
                throw new InvalidOperationException($"Expected a new message, but {message.Message.Message} is in the outbox already.");
            }
        }
    }

    private void WriteRecords(CommitBatch batch)
    {
        var from = _records.Count;
        foreach (var recorded in batch.Events)
        {
            _records.Add(new LedgerRecord(recorded.Sequence, recorded.Contact, recorded, null));
        }
        foreach (var recorded in batch.Facts)
        {
            _records.Add(new LedgerRecord(recorded.Sequence, recorded.Contact, null, recorded));
        }
        _records.Sort(from, _records.Count - from, Comparer<LedgerRecord>.Create((left, right) => left.Sequence.CompareTo(right.Sequence)));
        if (_records.Count > from)
        {
            _nextSequence = _records[^1].Sequence + 1;
        }
    }

    private void Write(in ContactChange change)
    {
        var id = change.After.Id;
        _contacts[id] = change.After;
        _nextContact = Math.Max(_nextContact, id + 1);
        if (_dueOf.Remove(id, out var old))
        {
            _due.Remove((old, id));
        }
        if (change.NextDueAt is { } due)
        {
            _dueOf.Add(id, due);
            _due.Add((due, id));
        }
    }

    private void Write(MessageChange change)
    {
        _ = change.Mark == FailureMark.Replayable ? _failed.Add(change.Message) : _failed.Remove(change.Message);
        if (change.Mark == FailureMark.Replayed)
        {
            return;
        }
        if (_messages.TryGetValue(change.Message, out var row))
        {
            _messages[change.Message] = row with
            {
                Status = change.Status,
                ChangedAt = row.Status == change.Status ? row.ChangedAt : change.At,
                Attempt = change.Attempt ?? row.Attempt,
                SendBefore = change.Status == OutboxStatus.Queued ? change.SendBefore : row.SendBefore,
                VendorId = change.VendorId ?? row.VendorId,
                Reason = change.Reason,
                Code = change.Code,
                Text = change.Text,
            };
            _ = change.AwaitsReceipt ? _awaitingReceipt.Add(row.Id) : _awaitingReceipt.Remove(row.Id);
        }
    }

    private HashSet<Guid> Claim(CommitBatch batch)
    {
        var claimed = new HashSet<Guid>();
        foreach (var intent in batch.Intents)
        {
            if (_messages.TryGetValue(intent.Message, out var row) && row.Status == OutboxStatus.Queued && row.Attempt == intent.Attempt
                && !IsHeld(row))
            {
                _messages[intent.Message] = row with { Status = OutboxStatus.Sending, ChangedAt = batch.At };
                _claimedAt[intent.Message] = batch.At;
                claimed.Add(intent.Message);
            }
        }
        return claimed;
    }
}
