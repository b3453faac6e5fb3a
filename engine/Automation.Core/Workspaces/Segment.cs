using Automation.Core.Rules;

namespace Automation.Core.Workspaces;

/// <summary>A named rule over contacts, or an imported list (<see cref="List"/> true: membership is set by import, not by rule).</summary>
public sealed record Segment(string Key, string Name, RuleGroup Rule, bool List = false);
