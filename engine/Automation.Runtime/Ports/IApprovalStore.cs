namespace Automation.Runtime.Ports;

/// <summary>
/// Requests to let a journey's draft be published, and who changed it. Kept beside the definitions and changed in their transactions:
/// saving another draft ends a request, and publishing uses an approval up.
/// </summary>
public interface IApprovalStore
{
    /// <summary>The last request of each journey that ever had one, by key.</summary>
    ValueTask<IReadOnlyList<Approval>> ListAsync(CancellationToken cancellation);

    /// <summary>The last request of a journey.</summary>
    ValueTask<Approval?> FindAsync(string journey, CancellationToken cancellation);

    /// <summary>Who changed what the draft says since the journey was last published, the latest change first.</summary>
    ValueTask<IReadOnlyList<DraftEdit>> EditsAsync(string journey, CancellationToken cancellation);

    /// <summary>
    /// Puts a request in the place of the last one, which it follows by number. False when another one stands, or the journey is not
    /// at <paramref name="revision"/> any more.
    /// </summary>
    ValueTask<bool> AskAsync(Approval request, int revision, CancellationToken cancellation);

    /// <summary>Writes the request over what it was; false when it does not stand at <paramref name="from"/> any more.</summary>
    ValueTask<bool> ChangeAsync(Approval request, ApprovalStatus from, CancellationToken cancellation);
}
