using Automation.Core.Contacts;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Loop;

/// <summary>
/// Brings into the cache what a chunk looks at, with one question to the store as a rule, and for a warm chunk none but for message ids.
/// A shared store also says what others wrote of the partition's own contacts, and those are let go. It is not asked for each of them,
/// for whoever is decided is written, and a commit refuses what was decided on an old state. So it is asked only for contacts at home
/// elsewhere, which are often written there, and for due ones, which may turn out to have nothing to decide.
/// </summary>
internal sealed class Loading(ContactCache cache, int partition)
{
    private static readonly HashSet<string> None = [];

    private readonly HashSet<Identity> _identities = [];
    private readonly HashSet<long> _contacts = [];
    private readonly List<string> _messageIds = [];
    private readonly List<KnownContact> _known = [];
    private bool _isShared;
    private long _chunks;
    private long _batch;

    /// <summary>Afterwards every owner and contact that exists is in the cache and pinned.</summary>
    /// <returns>The message ids that are recorded already.</returns>
    public async ValueTask<HashSet<string>> LoadAsync(IEngineStore store, long batch, List<Submission> chunk)
    {
        _isShared = store.IsShared;
        _batch = batch;
        _chunks++;
        _identities.Clear();
        _contacts.Clear();
        _messageIds.Clear();
        _known.Clear();
        foreach (var submission in chunk)
        {
            AskIds(submission);
            Ask(submission);
        }
        var known = None;
        while (_messageIds.Count > 0 || _identities.Count > 0 || _contacts.Count > 0 || _known.Count > 0)
        {
            var asked = new LoadRequest(_messageIds, [.. _identities], [.. _contacts]) { Known = [.. _known] };
            var loaded = await store.LoadAsync(asked, CancellationToken.None);
            if (loaded.KnownMessageIds.Count > 0)
            {
                known = [.. loaded.KnownMessageIds];
            }
            _messageIds.Clear();
            _identities.Clear();
            _contacts.Clear();
            _known.Clear();
            if (Keep(loaded))
            {
                chunk.ForEach(Ask);
            }
        }
        return known;
    }

    private void AskIds(Submission submission)
    {
        foreach (var happened in submission.Events)
        {
            _messageIds.Add(happened.MessageId);
        }
    }

    private void Ask(Submission submission)
    {
        foreach (var happened in submission.Events)
        {
            foreach (var identity in happened.Identities.IsDefault ? [] : happened.Identities)
            {
                if (cache.Find(identity) is { } owner)
                {
                    Take(owner);
                }
                else
                {
                    _identities.Add(identity);
                }
            }
        }
        foreach (var (contact, _) in submission.Stimuli)
        {
            Ask(contact);
        }
        foreach (var contact in submission.Due)
        {
            Ask(contact, isDue: true);
        }
    }

    private void Ask(long contact, bool isDue = false)
    {
        if (cache.Find(contact) is not { } found)
        {
            _contacts.Add(contact);
            return;
        }
        Take(found, isDue);
        if (found.Contact is { MergedInto: { } survivor, IsErased: false })
        {
            Ask(survivor);
        }
    }

    private void Take(CachedContact contact, bool isDue = false)
    {
        cache.Pin(contact, _batch);
        if (_isShared && (isDue || PartitionOf.Contact(contact.Id) != partition) && contact.CheckedFor != _chunks)
        {
            contact.CheckedFor = _chunks;
            if (IsSettled(contact))
            {
                _known.Add(new KnownContact(contact.Id, contact.Revision));
            }
        }
    }

    /// <returns>Whether the chunk has to be asked for again, because a contact that was here was let go.</returns>
    private bool Keep(LoadResult loaded)
    {
        var again = false;
        foreach (var id in loaded.WrittenElsewhere)
        {
            if (!loaded.Contacts.ContainsKey(id) && cache.Find(id) is { } old && IsSettled(old))
            {
                cache.Forget(old);
                again = true;
            }
        }
        foreach (var (id, contact) in loaded.Contacts)
        {
            var revision = loaded.Revisions?.GetValueOrDefault(id) ?? 0;
            var kept = cache.Find(id);
            var isNewer = kept is not null && kept.Revision < revision && IsSettled(kept);
            if (isNewer && contact.MergedInto is not null && kept!.Contact.MergedInto is null)
            {
                // What led to it leads to another one now.
                cache.Forget(kept);
                kept = null;
                again = true;
            }
            if (kept is null || isNewer)
            {
                kept ??= cache.Add(contact);
                kept.Contact = contact;
                kept.Revision = revision;
                kept.HasDue = false;
                kept.CheckedFor = _chunks;
            }
            cache.Pin(kept, _batch);
            if (kept.Contact is { MergedInto: { } survivor, IsErased: false })
            {
                Ask(survivor);
            }
        }
        foreach (var (identity, id) in loaded.Owners)
        {
            // What the store did not hear of yet: an erased contact has no identities any more.
            if (cache.Find(id) is { Contact.IsErased: false } owner)
            {
                cache.Link(identity, owner);
            }
        }
        return again;
    }

    // What a commit under way or the open batch changed is ahead of the store; whether somebody else wrote it too, the commit finds out.
    private bool IsSettled(CachedContact contact) => contact.ChangedIn == 0 || contact.ChangedIn < _batch - 1;
}
