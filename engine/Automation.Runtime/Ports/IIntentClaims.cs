namespace Automation.Runtime.Ports;

/// <summary>
/// Claims of dispatchers that write to the store themselves, beside the loops: one durable commit for many intents, before the vendor is
/// called. Where one process does everything, the loop's own commits claim (<c>IEngine.ClaimIntentsAsync</c>).
/// </summary>
public interface IIntentClaims
{
    /// <summary>Marks as being sent by the node what is queued for this very attempt. What is missing in the answer must not be sent.</summary>
    ValueTask<IReadOnlySet<Guid>> ClaimAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation);

    /// <summary>
    /// Undoes claims of the node whose answer was lost, where they were written after all: nothing of it was sent, and it is queued again.
    /// What is not claimed by this node for this very attempt is left alone.
    /// </summary>
    ValueTask GiveBackAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation);

    /// <summary>
    /// Takes over messages whose node died around the call: those it was sending are now being sent by <paramref name="node"/>, which has
    /// to settle them. Two nodes that ask at once get different ones.
    /// </summary>
    ValueTask<IReadOnlyList<QueuedMessage>> TakeAbandonedAsync(string node, int limit, CancellationToken cancellation);
}
