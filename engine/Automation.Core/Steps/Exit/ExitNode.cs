namespace Automation.Core.Steps.Exit;

/// <summary>Ends the enrollment, with a reason of the marketer's own.</summary>
public sealed record ExitNode(string Id, string? Reason) : StepNode(Id)
{
    public override string Type => "exit";
}
