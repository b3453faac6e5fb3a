using System.Collections.Immutable;

namespace Automation.Core.Steps.Split;

/// <summary>Deals contacts to variants by weight. Sticky: the same contact always draws the same variant of this step.</summary>
public sealed record SplitNode(string Id, ImmutableArray<SplitVariant> Variants) : StepNode(Id)
{
    public override string Type => "split";
}

/// <param name="Weight">Share relative to the sum of all weights; above 0.</param>
/// <param name="Holdout">Contacts of this variant go on, but every send of this enrollment is held back (<c>held_out</c>).</param>
public sealed record SplitVariant(string Name, decimal Weight, bool Holdout, string? Next);
