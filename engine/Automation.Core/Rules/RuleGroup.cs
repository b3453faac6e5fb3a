using System.Collections.Immutable;
using NodaTime;

namespace Automation.Core.Rules;

/// <summary>
/// A condition as the React Query Builder writes it: <c>{combinator, not, rules:[…]}</c>, where each of the rules is a
/// <see cref="Rule"/> or a group again. An empty group matches everything.
/// </summary>
public sealed record RuleGroup(Combinator Combinator, bool Not, ImmutableArray<RuleNode> Rules) : RuleNode
{
    public static readonly RuleGroup Everything = new(Combinator.And, false, []);

    public bool IsEmpty => Rules.IsEmpty && !Not;
}

/// <summary>A rule or a group of them.</summary>
public abstract record RuleNode;

public enum Combinator
{
    And,
    Or,
}

/// <summary>One comparison: <c>{field, operator, value}</c>, with a window for history fields.</summary>
/// <param name="Field">E.g. <c>contact.city</c>, <c>event.amount</c>, <c>history.order_paid.count</c>.</param>
/// <param name="Operator">Operator name of the React Query Builder, e.g. <c>=</c>, <c>between</c>, <c>notIn</c>.</param>
/// <param name="Value">The right-hand side; a list for in, notIn, between and notBetween.</param>
/// <param name="Within">Counts only occurrences with time &gt; now − within. History fields only.</param>
public sealed record Rule(string Field, string Operator, object? Value, Duration? Within = null) : RuleNode;
