using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Steps.Call;

/// <summary>Asks a service and keeps its answer as <c>steps.&lt;id&gt;.*</c>. Strings in <see cref="Content"/> are templates.</summary>
/// <param name="Account">A configured connector that answers calls, e.g. a webhook.</param>
/// <param name="Timeout">How long the answer may take before the call counts as failed.</param>
public sealed record CallNode(string Id, string Account, PropertyBag Content, Duration Timeout, FailurePolicy OnFailure, string? Next)
    : StepNode(Id)
{
    public override string Type => "call";
}
