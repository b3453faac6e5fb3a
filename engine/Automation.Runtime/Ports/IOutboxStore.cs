using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>What a starting process needs to know of messages an earlier one left behind.</summary>
public interface IOutboxStore
{
    /// <summary>Messages with status <c>queued</c>, oldest first: they were committed, and perhaps never handed on.</summary>
    ValueTask<IReadOnlyList<QueuedMessage>> QueuedAsync(Guid? after, int limit, CancellationToken cancellation);

    /// <summary>Messages with status <c>sending</c>: their intent was written, their outcome was not.</summary>
    ValueTask<IReadOnlyList<QueuedMessage>> SendingAsync(int limit, CancellationToken cancellation);

    /// <summary>The messages of these ids with their content, for attempts after the first.</summary>
    ValueTask<IReadOnlyList<QueuedMessage>> ByIdAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation);
}

/// <summary>An outbox row as a dispatcher needs it.</summary>
public sealed record QueuedMessage(
    Guid Id, long Contact, int Attempt, string Journey, string Step, string Channel, string Account, bool IsCall,
    string AddressType, string Address, string Content, Instant? SendBefore);
