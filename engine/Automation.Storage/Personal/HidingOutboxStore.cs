using Automation.Runtime.Ports;

namespace Automation.Storage.Personal;

/// <summary>Messages that somebody still has to do something about, with address and content as the vendor gets them.</summary>
internal sealed class HidingOutboxStore(IOutboxStore inner, PersonalCipher cipher) : IOutboxStore
{
    public async ValueTask<IReadOnlyList<QueuedMessage>> QueuedAsync(Guid? after, int limit, CancellationToken cancellation) =>
        await OpenAsync(await inner.QueuedAsync(after, limit, cancellation), cancellation);

    public async ValueTask<IReadOnlyList<QueuedMessage>> SendingAsync(int limit, CancellationToken cancellation) =>
        await OpenAsync(await inner.SendingAsync(limit, cancellation), cancellation);

    public async ValueTask<IReadOnlyList<QueuedMessage>> ByIdAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        await OpenAsync(await inner.ByIdAsync(ids, cancellation), cancellation);

    public async ValueTask<IReadOnlyList<OpenMessage>> OpenAsync(OpenQuery query, CancellationToken cancellation)
    {
        var found = await inner.OpenAsync(query, cancellation);
        var opened = await OpenAsync([.. found.Select(static one => one.Message)], cancellation);
        return [.. found.Select((one, place) => one with { Message = opened[place] })];
    }

    public async ValueTask<IReadOnlyList<Guid>> ByVendorIdAsync(
        string account, string vendorId, string? address, int limit, CancellationToken cancellation)
    {
        // Numbers are kept as what they are found by; addresses that name nobody, and those of an earlier time, as they are.
        var found = await inner.ByVendorIdAsync(account, vendorId, address is null ? null : cipher.Ring.Index(address), limit, cancellation);
        return found.Count > 0 || address is null ? found : await inner.ByVendorIdAsync(account, vendorId, address, limit, cancellation);
    }

    private async ValueTask<IReadOnlyList<QueuedMessage>> OpenAsync(IReadOnlyList<QueuedMessage> messages, CancellationToken cancellation)
    {
        if (!messages.Any(static one => HiddenValues.MayBeHidden(one.Content)))
        {
            return messages;
        }
        await cipher.LearnAsync(messages.Where(static one => HiddenValues.MayBeHidden(one.Content)).Select(static one => one.Contact).Distinct(), cancellation);
        return
        [
            .. messages.Select(one => HiddenValues.OpenMessage(one.Content, cipher.Find(one.Contact), one.Contact) is var (address, content)
                ? one with { Address = address, Content = content }
                : one),
        ];
    }
}
