using System.Collections.Immutable;
using Automation.Core.Rules;

namespace Automation.Core.Steps.Branch;

/// <summary>Sends a contact down the first branch whose rule matches, or <see cref="Otherwise"/>.</summary>
public sealed record BranchNode(string Id, ImmutableArray<BranchCase> Branches, string? Otherwise) : StepNode(Id)
{
    public override string Type => "branch";
}

public sealed record BranchCase(string Name, RuleGroup When, string? Next);
