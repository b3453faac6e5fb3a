using Automation.Core.Contacts;

namespace Automation.Storage.Personal;

/// <summary>What is done with the keys of a whole store: wrapping them anew, and hiding numbers of an earlier time.</summary>
public sealed class PersonalKeys
{
    private const int Page = 1_000;

    private readonly PersonalKeyRing _ring;
    private readonly IContactKeyStore _store;

    internal PersonalKeys(PersonalKeyRing ring, IContactKeyStore store)
    {
        _ring = ring;
        _store = store;
    }

    public PersonalKeyRing Ring => _ring;

    /// <summary>Wraps every contact's key in the ring's newest. What died in the middle is finished by the next try.</summary>
    /// <returns>How many were wrapped in another.</returns>
    public async Task<long> RewrapAsync(CancellationToken cancellation)
    {
        var (count, after) = (0L, 0L);
        while (await _store.WrappedOtherwiseAsync(_ring.Current, after, Page, cancellation) is { Count: > 0 } keys)
        {
            await _store.ReplaceAsync([.. keys.Select(key => _ring.Wrap(key.Contact, _ring.Unwrap(key)))], cancellation);
            count += keys.Count;
            after = keys[^1].Contact;
        }
        return count;
    }

    /// <summary>Numbers that stand in clear among the identities, from before they were hidden: contacts must be found by them.</summary>
    public async Task<long> HideEarlierIdentitiesAsync(CancellationToken cancellation)
    {
        var count = 0L;
        while (await _store.ClearIdentitiesAsync(Identity.Phone, PersonalKeyRing.IndexPrefix, Page, cancellation) is { Count: > 0 } values)
        {
            await _store.HideIdentitiesAsync(
                Identity.Phone, [.. values.Select(value => (value, _ring.Index(new Identity(Identity.Phone, value)).Value))], cancellation);
            count += values.Count;
        }
        return count;
    }

    // The embedded store opens in one go; its calls return when they are done.
    internal void HideEarlierIdentities() => HideEarlierIdentitiesAsync(CancellationToken.None).GetAwaiter().GetResult();
}
