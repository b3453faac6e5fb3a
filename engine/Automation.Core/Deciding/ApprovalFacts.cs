namespace Automation.Core.Deciding;

/// <summary>Facts about who asked to have a journey published, and what others said to it. Where somebody wrote a comment it is <see cref="Fact.Reason"/>.</summary>
public abstract partial record WorkspaceFact
{
    /// <param name="Number">Counts the journey's requests.</param>
    /// <param name="Hash">SHA-256 of the document that it is about; <see cref="Fact.Looked"/> says how it differs from what is live.</param>
    public sealed record ApprovalAsked(string Journey, int Number, string Hash, InFlightChoice InFlight, bool CountExisting) : WorkspaceFact;

    public sealed record ApprovalGiven(string Journey, int Number, string Hash, string AskedBy) : WorkspaceFact;

    public sealed record ApprovalRejected(string Journey, int Number, string Hash, string AskedBy) : WorkspaceFact;

    public sealed record ApprovalWithdrawn(string Journey, int Number, string Hash) : WorkspaceFact;

    /// <summary>The actor changed the draft, published without it or deleted the journey, and the request is worth nothing any more.</summary>
    /// <param name="ApprovedBy">Who had approved it; null while it waited.</param>
    public sealed record ApprovalVoided(string Journey, int Number, string Hash, string AskedBy, string? ApprovedBy) : WorkspaceFact;

    /// <summary>Whether publishing needs approval: <c>none</c> or <c>required</c>.</summary>
    public sealed record ApprovalWasSet(string Before, string After) : WorkspaceFact;
}
