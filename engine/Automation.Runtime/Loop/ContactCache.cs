using Automation.Core.Contacts;
using NodaTime;

namespace Automation.Runtime.Loop;

/// <summary>A contact as the loop last decided it, which may be a commit ahead of the store.</summary>
internal sealed class CachedContact(Contact contact)
{
    public long Id => Contact.Id;

    public Contact Contact { get; set; } = contact;

    /// <summary>Of the commit that wrote it last, which may be under way; 0 where the store counts none.</summary>
    public long Revision { get; set; }

    /// <summary>The chunk for which a shared store was last asked whether it has a newer state.</summary>
    public long CheckedFor { get; set; }

    /// <summary>As it stood before <see cref="ChangedIn"/>; null when that batch made it.</summary>
    public Contact? Before { get; set; }

    /// <summary>The batch that wrote it last, 0 for none.</summary>
    public long ChangedIn { get; set; }

    /// <summary>The batch that looked at it last; it stays in memory until that one is committed.</summary>
    public long PinnedBy { get; set; }

    /// <summary>Whether <see cref="DueAt"/> is known: it is from its first commit in this process on.</summary>
    public bool HasDue { get; set; }

    /// <summary>The next deadline as it was last handed to a commit.</summary>
    public Instant? DueAt { get; set; }

    public bool IsEvicted { get; set; }

    public CachedContact? Newer { get; set; }

    public CachedContact? Older { get; set; }
}

/// <summary>
/// Contacts the loop has at hand, least recently used first out. Only the loop's own turn touches it. It may run ahead of the
/// store by the commits under way: these contacts are never evicted, and a failed commit forgets what it and the next one changed.
/// </summary>
internal sealed class ContactCache(int capacity)
{
    private readonly Dictionary<long, CachedContact> _byId = [];
    private readonly Dictionary<Identity, CachedContact> _byIdentity = new(IdentityEquality.Instance);
    private CachedContact? _newest;
    private CachedContact? _oldest;

    public int Count => _byId.Count;

    public CachedContact? Find(long id) => _byId.TryGetValue(id, out var found) ? found : null;

    public CachedContact? Find(in Identity identity)
    {
        if (!_byIdentity.TryGetValue(identity, out var found))
        {
            return null;
        }
        if (!found.IsEvicted)
        {
            return found;
        }
        _byIdentity.Remove(identity);
        return null;
    }

    /// <summary>Takes a contact in, unless a newer state of it is here already.</summary>
    public CachedContact Add(Contact contact)
    {
        if (_byId.TryGetValue(contact.Id, out var known))
        {
            return known;
        }
        var added = new CachedContact(contact);
        _byId.Add(contact.Id, added);
        Lead(added);
        return added;
    }

    public void Link(in Identity identity, CachedContact contact) => _byIdentity[identity] = contact;

    public void Unlink(in Identity identity) => _byIdentity.Remove(identity);

    /// <summary>Moves it to the front and keeps it until the batch is committed.</summary>
    public void Pin(CachedContact contact, long batch)
    {
        contact.PinnedBy = batch;
        if (!ReferenceEquals(_newest, contact))
        {
            Unlink(contact);
            Lead(contact);
        }
    }

    /// <summary>Evicts what is over the capacity and not needed by a batch after <paramref name="committed"/>.</summary>
    public void Trim(long committed)
    {
        while (_byId.Count > capacity && _oldest is { } oldest && oldest.PinnedBy <= committed)
        {
            Forget(oldest);
        }
    }

    /// <summary>Lets it go; who still has it at hand sees that it is evicted.</summary>
    public void Forget(CachedContact contact)
    {
        if (contact.IsEvicted)
        {
            return;
        }
        Unlink(contact);
        contact.IsEvicted = true;
        _byId.Remove(contact.Id);
        foreach (var identity in contact.Contact.Identities)
        {
            if (_byIdentity.TryGetValue(identity, out var owner) && ReferenceEquals(owner, contact))
            {
                _byIdentity.Remove(identity);
            }
        }
    }

    private void Lead(CachedContact contact)
    {
        contact.Newer = null;
        contact.Older = _newest;
        if (_newest is not null)
        {
            _newest.Newer = contact;
        }
        _newest = contact;
        _oldest ??= contact;
    }

    private void Unlink(CachedContact contact)
    {
        if (contact.Newer is null)
        {
            _newest = contact.Older;
        }
        else
        {
            contact.Newer.Older = contact.Older;
        }
        if (contact.Older is null)
        {
            _oldest = contact.Newer;
        }
        else
        {
            contact.Older.Newer = contact.Newer;
        }
    }

    // There are few types and millions of values, so the value alone spreads well, at half the price.
    private sealed class IdentityEquality : IEqualityComparer<Identity>
    {
        public static readonly IdentityEquality Instance = new();

        public bool Equals(Identity x, Identity y) =>
            string.Equals(x.Value, y.Value, StringComparison.Ordinal) && string.Equals(x.Type, y.Type, StringComparison.Ordinal);

        public int GetHashCode(Identity obj) => string.GetHashCode(obj.Value, StringComparison.Ordinal);
    }
}
