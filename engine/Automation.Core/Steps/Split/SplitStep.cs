using Automation.Core.Deciding;
using Automation.Core.Primitives;

namespace Automation.Core.Steps.Split;

/// <summary>Deals by a stable draw of journey, step and contact, so the same person gets the same variant every time.</summary>
internal sealed class SplitStep(SplitNode node) : Step(node.Id)
{
    private readonly decimal _total = node.Variants.Sum(variant => variant.Weight);

    public override string? Next => node.Variants.IsEmpty ? null : node.Variants[0].Next;

    public override Move Enter(Turn turn, in Place here)
    {
        var share = StableHash.Share(here.Journey, here.Step, Chance.Of(turn.Contact));
        var chosen = Choose((decimal)share * _total);
        turn.Record(new StepFact.VariantDrawn(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, chosen.Name, share, chosen.Holdout));
        return Move.To(chosen.Next);
    }

    private SplitVariant Choose(decimal draw)
    {
        foreach (var variant in node.Variants)
        {
            if (draw < variant.Weight)
            {
                return variant;
            }
            draw -= variant.Weight;
        }
        return node.Variants[^1];
    }
}
