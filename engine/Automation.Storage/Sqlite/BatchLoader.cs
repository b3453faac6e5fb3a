using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>Reads what a batch looks at: duplicates, owners of identities, contacts, and who is due. Owns its connection.</summary>
internal sealed class BatchLoader : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly NameReader _names;
    private readonly NamePool _pool = new();
    private readonly SqliteStatement _event;
    private readonly SqliteStatement _identity;
    private readonly SqliteStatement _contact;
    private readonly SqliteStatement _due;
    private readonly SqliteStatement _head;

    public BatchLoader(SqliteDatabase database)
    {
        _database = database;
        _names = new NameReader(database);
        _event = database.Prepare("event_is_known");
        _identity = database.Prepare("contact_by_identity");
        _contact = database.Prepare("contact_by_id");
        _due = database.Prepare("due_contacts");
        _head = database.Prepare("partition_head");
    }

    public LoadResult Load(LoadRequest request) => _database.Read(() =>
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in request.MessageIds)
        {
            if (Exists(_event.Bind(1, MessageKey.Of(id))))
            {
                known.Add(id);
            }
        }
        var owners = new Dictionary<Identity, long>();
        foreach (var identity in request.Identities)
        {
            if (!owners.ContainsKey(identity) && Owner(identity) is { } owner)
            {
                owners.Add(identity, owner);
            }
        }
        return new LoadResult(known, owners, Contacts([.. request.ContactIds, .. owners.Values]));
    });

    public IReadOnlyList<DueContact> Due(Instant now, int limit)
    {
        var due = new List<DueContact>();
        _due.Bind(1, (Instant?)now).Bind(2, limit);
        while (_due.Step())
        {
            due.Add(new DueContact(_due.Long(0), _due.Time(1)));
        }
        return due;
    }

    public PartitionHead Head(int partition)
    {
        _head.Bind(1, RowKey.First(partition)).Bind(2, RowKey.Last(partition)).Step();
        var head = new PartitionHead(
            RowKey.Sequence(_head.Long(0)) + 1, _head.Long(1) + 1, _head.IsNull(2) ? SealBuilder.Origin : _head.Bytes(2).ToArray());
        _head.Reset();
        return head;
    }

    public void Dispose() => _database.Dispose();

    /// <summary>In id order, as the rows lie.</summary>
    private Dictionary<long, Contact> Contacts(long[] ids)
    {
        Array.Sort(ids);
        var contacts = new Dictionary<long, Contact>(ids.Length);
        foreach (var id in ids)
        {
            if (contacts.ContainsKey(id) || !_contact.Bind(1, id).Step())
            {
                continue;
            }
            contacts.Add(id, ContactBytes.Read(_contact.Bytes(0), _pool));
            _contact.Reset();
        }
        return contacts;
    }

    private long? Owner(Identity identity)
    {
        long? owner = _identity.Bind(1, _names.Find(identity.Type)).Bind(2, identity.Value).Step() ? _identity.Long(0) : null;
        _identity.Reset();
        return owner;
    }

    private static bool Exists(SqliteStatement statement)
    {
        var exists = statement.Step();
        statement.Reset();
        return exists;
    }
}
