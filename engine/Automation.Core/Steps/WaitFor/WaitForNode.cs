using Automation.Core.Rules;
using NodaTime;

namespace Automation.Core.Steps.WaitFor;

/// <summary>Holds a contact until an event comes (then <see cref="Next"/>) or time is up (then <see cref="Otherwise"/>).</summary>
public sealed record WaitForNode(string Id, string Event, RuleGroup Where, Duration Timeout, string? Next, string? Otherwise)
    : StepNode(Id)
{
    public override string Type => "wait_for";
}
