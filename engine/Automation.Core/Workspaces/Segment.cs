using Automation.Core.Rules;
using NodaTime;

namespace Automation.Core.Workspaces;

/// <summary>A named rule over contacts, or an imported list (<see cref="List"/> true: membership is set by import, not by rule).</summary>
public sealed record Segment(string Key, string Name, RuleGroup Rule, bool List = false)
{
    /// <summary>When it was saved last; null in a document, which does not know. Who entered by that was not in before it.</summary>
    public Instant? SavedAt { get; init; }
}
