using Automation.Core.Primitives;

namespace Automation.Core.Steps.Emit;

/// <summary>Makes an event of our own, which may start other journeys. Strings in <see cref="Properties"/> are templates.</summary>
public sealed record EmitNode(string Id, string Event, PropertyBag Properties, string? Next) : StepNode(Id)
{
    public override string Type => "emit";
}
