using Automation.Core.Contacts;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Loop;

/// <summary>Brings into the cache what a chunk looks at, with one question to the store as a rule, and for a warm chunk none but for message ids.</summary>
internal sealed class Loading(ContactCache cache)
{
    private static readonly HashSet<string> None = [];

    private readonly HashSet<Identity> _identities = [];
    private readonly HashSet<long> _contacts = [];
    private readonly List<string> _messageIds = [];

    /// <summary>Afterwards every owner and contact that exists is in the cache and pinned.</summary>
    /// <returns>The message ids that are recorded already.</returns>
    public async ValueTask<HashSet<string>> LoadAsync(IEngineStore store, long batch, List<Submission> chunk)
    {
        _identities.Clear();
        _contacts.Clear();
        _messageIds.Clear();
        foreach (var submission in chunk)
        {
            Ask(submission, batch);
        }
        var known = None;
        while (_messageIds.Count > 0 || _identities.Count > 0 || _contacts.Count > 0)
        {
            var asked = new LoadRequest(_messageIds, [.. _identities], [.. _contacts]);
            var loaded = await store.LoadAsync(asked, CancellationToken.None);
            if (loaded.KnownMessageIds.Count > 0)
            {
                known = [.. loaded.KnownMessageIds];
            }
            _messageIds.Clear();
            _identities.Clear();
            _contacts.Clear();
            Keep(loaded, batch);
        }
        return known;
    }

    private void Ask(Submission submission, long batch)
    {
        foreach (var happened in submission.Events)
        {
            _messageIds.Add(happened.MessageId);
            foreach (var identity in happened.Identities.IsDefault ? [] : happened.Identities)
            {
                if (cache.Find(identity) is { } owner)
                {
                    cache.Pin(owner, batch);
                }
                else
                {
                    _identities.Add(identity);
                }
            }
        }
        foreach (var (contact, _) in submission.Stimuli)
        {
            Ask(contact, batch);
        }
        foreach (var contact in submission.Due)
        {
            Ask(contact, batch);
        }
    }

    private void Ask(long contact, long batch)
    {
        if (cache.Find(contact) is not { } found)
        {
            _contacts.Add(contact);
            return;
        }
        cache.Pin(found, batch);
        if (found.Contact.MergedInto is { } survivor)
        {
            Ask(survivor, batch);
        }
    }

    private void Keep(LoadResult loaded, long batch)
    {
        foreach (var (id, contact) in loaded.Contacts)
        {
            cache.Pin(cache.Add(contact), batch);
            if (cache.Find(id)!.Contact.MergedInto is { } survivor)
            {
                Ask(survivor, batch);
            }
        }
        foreach (var (identity, id) in loaded.Owners)
        {
            if (cache.Find(id) is { } owner)
            {
                cache.Link(identity, owner);
            }
        }
    }
}
