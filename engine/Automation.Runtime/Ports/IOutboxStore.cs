using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>Messages that somebody still has to do something about, and those of given ids.</summary>
public interface IOutboxStore
{
    /// <summary>Messages with status <c>queued</c>, oldest first: they were committed, and perhaps never handed on.</summary>
    ValueTask<IReadOnlyList<QueuedMessage>> QueuedAsync(Guid? after, int limit, CancellationToken cancellation);

    /// <summary>Messages with status <c>sending</c>: their intent was written, their outcome was not.</summary>
    ValueTask<IReadOnlyList<QueuedMessage>> SendingAsync(int limit, CancellationToken cancellation);

    /// <summary>The messages of these ids with their content, for attempts after the first.</summary>
    ValueTask<IReadOnlyList<QueuedMessage>> ByIdAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation);

    /// <summary>
    /// Messages of an account whose last word may be asked for, in the order in which they were claimed: sent ones that await a
    /// receipt, or unknown ones. It costs what it finds, however many others wait.
    /// </summary>
    ValueTask<IReadOnlyList<OpenMessage>> OpenAsync(OpenQuery query, CancellationToken cancellation);

    /// <summary>
    /// The account's messages that the vendor gave this id, those without a last word first. A batch may share one id: then
    /// <paramref name="address"/> tells them apart.
    /// </summary>
    ValueTask<IReadOnlyList<Guid>> ByVendorIdAsync(string account, string vendorId, string? address, int limit, CancellationToken cancellation);
}

/// <summary>An outbox row as a dispatcher needs it.</summary>
/// <param name="ClaimedAt">When its last attempt began, or null before the first.</param>
public sealed record QueuedMessage(
    Guid Id, long Contact, int Attempt, string Journey, string Step, string Channel, string Account, bool IsCall,
    string AddressType, string Address, string Content, Instant? SendBefore, Instant? ClaimedAt = null)
{
    /// <summary>Its template; empty for a call.</summary>
    public string Template { get; init; } = "";

    /// <summary>Since when it waits for this attempt.</summary>
    public Instant QueuedAt { get; init; }

    /// <summary><see cref="OutboxMessage.Trace"/>, where it came straight from the commit.</summary>
    public string? Trace { get; init; }
}

/// <param name="Status"><see cref="OutboxStatus.Sent"/> for those that await a receipt, or <see cref="OutboxStatus.Unknown"/>.</param>
/// <param name="After">Claimed after this; with <paramref name="AfterId"/> at this very time and in the order behind that message, or after it.</param>
/// <param name="Until">Claimed at this time or before.</param>
public sealed record OpenQuery(string Account, OutboxStatus Status, Instant After, Instant Until, Guid? AfterId, int Limit);

/// <summary>A message whose last word is out, with the vendor's id for it.</summary>
public sealed record OpenMessage(QueuedMessage Message, string? VendorId);
