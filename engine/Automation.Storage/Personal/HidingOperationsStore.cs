using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Storage.Personal;

/// <summary>What whoever keeps the system running asks for, with messages opened: a replay sends what the failed message said.</summary>
internal sealed class HidingOperationsStore(IOperationsStore inner, PersonalCipher cipher) : IOperationsStore
{
    public ValueTask<IReadOnlyList<AccountBacklog>> BacklogAsync(int countMax, CancellationToken cancellation) => inner.BacklogAsync(countMax, cancellation);

    public ValueTask<IReadOnlyList<PartitionLag>> TimersAsync(Instant now, CancellationToken cancellation) => inner.TimersAsync(now, cancellation);

    public ValueTask<IReadOnlyList<UnknownCount>> CountUnknownAsync(CancellationToken cancellation) => inner.CountUnknownAsync(cancellation);

    public async ValueTask<IReadOnlyList<MessageRow>> UnknownAsync(string? account, Guid? after, int limit, CancellationToken cancellation) =>
        await HiddenMessages.OpenAsync(await inner.UnknownAsync(account, after, limit, cancellation), cipher, cancellation);

    public ValueTask<FailedCount> CountFailedAsync(FailedQuery query, CancellationToken cancellation) => inner.CountFailedAsync(query, cancellation);

    public async ValueTask<IReadOnlyList<MessageRow>> FailedAsync(FailedQuery query, (Instant At, Guid Id)? after, int limit, CancellationToken cancellation) =>
        await HiddenMessages.OpenAsync(await inner.FailedAsync(query, after, limit, cancellation), cipher, cancellation);
}
