namespace Automation.Core.Steps;

/// <summary>What a step that failed for good does with the contact.</summary>
/// <param name="Next">For <see cref="FailureAction.Branch"/>: where to.</param>
public sealed record FailurePolicy(FailureAction Action, string? Next = null)
{
    public static readonly FailurePolicy Continue = new(FailureAction.Continue);
}

public enum FailureAction
{
    /// <summary>Go on with the next step; the fact tells.</summary>
    Continue,

    /// <summary>End the enrollment.</summary>
    Exit,

    /// <summary>Wait for a person.</summary>
    Stuck,

    /// <summary>Go on with the step named by <see cref="FailurePolicy.Next"/>.</summary>
    Branch,
}
