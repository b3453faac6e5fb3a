using Automation.Runtime.Ports;

namespace Automation.Runtime.Partitions;

/// <summary>
/// The outbox as one dispatcher of several sees it: what is being sent and has lost its dispatcher it takes over, and what is queued comes
/// to it from the bus alone, so that not every dispatcher runs after every message.
/// </summary>
public sealed class DispatcherOutbox(IOutboxStore outbox, IIntentClaims claims, string node) : IOutboxStore
{
    public ValueTask<IReadOnlyList<QueuedMessage>> QueuedAsync(Guid? after, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<QueuedMessage>>([]);

    public ValueTask<IReadOnlyList<QueuedMessage>> SendingAsync(int limit, CancellationToken cancellation) =>
        claims.TakeAbandonedAsync(node, limit, cancellation);

    public ValueTask<IReadOnlyList<QueuedMessage>> ByIdAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        outbox.ByIdAsync(ids, cancellation);

    public ValueTask<IReadOnlyList<OpenMessage>> OpenAsync(OpenQuery query, CancellationToken cancellation) => outbox.OpenAsync(query, cancellation);

    public ValueTask<IReadOnlyList<Guid>> ByVendorIdAsync(
        string account, string vendorId, string? address, int limit, CancellationToken cancellation) =>
        outbox.ByVendorIdAsync(account, vendorId, address, limit, cancellation);
}
