using Automation.Core.Contacts;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Storage.Personal;

/// <summary>
/// The loop's store with everything personal hidden on its way in and opened on its way out. The ledger's lines, and so its seals, cover
/// what is stored: verification needs no key, and what is erased leaves the chain whole.
/// </summary>
internal sealed class HidingEngineStore(IEngineStore inner, PersonalCipher cipher) : IPartitionStore
{
    public bool IsShared => inner.IsShared;

    public async ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation)
    {
        Dictionary<Identity, Identity>? hashed = null;
        foreach (var identity in request.Identities)
        {
            if (HiddenValues.IsPersonal(identity))
            {
                (hashed ??= [])[cipher.Ring.Index(identity)] = identity;
            }
        }
        var loaded = await inner.LoadAsync(
            hashed is null ? request : request with { Identities = [.. request.Identities.Where(static one => !HiddenValues.IsPersonal(one)), .. hashed.Keys] },
            cancellation);
        if (hashed is not null && loaded.Owners.Count > 0)
        {
            loaded = loaded with { Owners = loaded.Owners.ToDictionary(one => hashed.GetValueOrDefault(one.Key, one.Key), static one => one.Value) };
        }
        return await OpenAsync(loaded, cancellation);
    }

    public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellation)
    {
        var hiding = new HiddenBatch(cipher);
        var hidden = await hiding.HideAsync(batch, cancellation);
        var result = await inner.CommitAsync(hidden, cancellation);
        hiding.Committed();
        return result;
    }

    public ValueTask<IReadOnlyList<DueContact>> DueContactsAsync(Instant now, int limit, CancellationToken cancellation) =>
        inner.DueContactsAsync(now, limit, cancellation);

    public ValueTask<PartitionHead> HeadAsync(int partition, CancellationToken cancellation) => inner.HeadAsync(partition, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (inner is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    private async ValueTask<LoadResult> OpenAsync(LoadResult loaded, CancellationToken cancellation)
    {
        List<long>? hidden = null;
        foreach (var (id, contact) in loaded.Contacts)
        {
            if (PersonalCipher.IsHidden(contact))
            {
                (hidden ??= []).Add(id);
            }
        }
        if (hidden is null)
        {
            return loaded;
        }
        await cipher.LearnAsync(hidden, cancellation);
        var contacts = new Dictionary<long, Contact>(loaded.Contacts);
        foreach (var id in hidden)
        {
            contacts[id] = cipher.Open(contacts[id]);
        }
        return loaded with { Contacts = contacts };
    }
}
