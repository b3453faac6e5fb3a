using Automation.Core.Primitives;

namespace Automation.Core.Deciding;

/// <summary>All facts in which values from outside stand, so that masking and encrypting forget none.</summary>
public static class FactBags
{
    /// <summary>The fact with its values exchanged; the fact itself where it has none or nothing changed.</summary>
    public static Fact Map(Fact fact, Func<PropertyBag, PropertyBag> bag)
    {
        switch (fact)
        {
            case JourneyFact.Enrolled { Properties: { } properties } enrolled:
                var entered = bag(properties);
                return ReferenceEquals(entered, properties) ? fact : enrolled with { Properties = entered };
            case StepFact.CallAnswered answered:
                var response = bag(answered.Response);
                return ReferenceEquals(response, answered.Response) ? fact : answered with { Response = response };
            case StepFact.ContactUpdated updated:
                var set = bag(updated.Set);
                return ReferenceEquals(set, updated.Set) ? fact : updated with { Set = set };
            case ContactFact.ConsentChanged { Evidence: { } evidence } word:
                var proof = bag(evidence);
                return ReferenceEquals(proof, evidence) ? fact : word with { Evidence = proof };
            default:
                return fact;
        }
    }
}
