using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Approvals;

/// <summary>What the kept requests say of changes whose facts may be missing, because a process died between the two.</summary>
internal static class ApprovalTraces
{
    /// <summary>Under which notes of changes name requests.</summary>
    internal const string Kind = "approval_request";

    /// <summary>Whether a step that was noted before it was made was made.</summary>
    public static bool IsMade(WorkspaceFact fact, Approval? request, Instant at) => fact switch
    {
        WorkspaceFact.ApprovalAsked asked => request?.Number == asked.Number && IsAt(request.Asked, fact, at),
        WorkspaceFact.ApprovalGiven given => request?.Number == given.Number && request.Status != ApprovalStatus.Rejected && IsAt(request.Decision, fact, at),
        WorkspaceFact.ApprovalRejected rejected => request?.Number == rejected.Number && request.Status == ApprovalStatus.Rejected && IsAt(request.Decision, fact, at),
        WorkspaceFact.ApprovalWithdrawn withdrawn => request?.Number == withdrawn.Number && request.Status == ApprovalStatus.Withdrawn && IsAt(request.End, fact, at),
        _ => false,
    };

    /// <summary>The fact that a change of the journey at this time made its request void; null when it did not.</summary>
    public static WorkspaceFact.ApprovalVoided? VoidedAt(Approval? request, Instant at) =>
        request is { Status: ApprovalStatus.Void, End: { } end } && Milliseconds(end.At) == Milliseconds(at)
            ? new WorkspaceFact.ApprovalVoided(request.Journey, request.Number, request.Hash, request.Asked.By, request.Decision?.By) { Actor = end.By }
            : null;

    /// <summary>The facts with the one that tells of a request which the change made void.</summary>
    /// <param name="before">The journey's last request, as it was before the change.</param>
    public static async ValueTask<IReadOnlyList<WorkspaceFact>> WithVoidedAsync(
        this IApprovalStore approvals, string journey, Approval? before, Instant at, params WorkspaceFact[] facts)
    {
        var now = await approvals.FindAsync(journey, CancellationToken.None);
        var wasVoid = before?.Number == now?.Number && before?.Status == ApprovalStatus.Void;
        return !wasVoid && VoidedAt(now, at) is { } voided ? [.. facts, voided] : facts;
    }

    private static bool IsAt(ApprovalWord? word, WorkspaceFact fact, Instant at) => word is not null && word.By == fact.Actor && Milliseconds(word.At) == Milliseconds(at);

    // Stores keep times in milliseconds.
    private static long Milliseconds(Instant at) => at.ToUnixTimeMilliseconds();
}
