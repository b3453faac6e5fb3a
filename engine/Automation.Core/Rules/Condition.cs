using System.Collections.Immutable;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Rules;

/// <summary>One node of a compiled rule.</summary>
internal abstract class Condition
{
    /// <param name="looked">Where the values go that were looked at; null on the hot path.</param>
    public abstract bool Matches(in RuleContext context, List<EvaluatedValue>? looked);

    public abstract Instant? NextChange(in RuleContext context);
}

/// <summary>All or any of several conditions. Stops at the first that settles it; empty, it matches.</summary>
internal sealed class GroupCondition(Combinator combinator, bool not, ImmutableArray<Condition> conditions) : Condition
{
    private readonly Condition[] _conditions = [.. conditions];
    private readonly bool _settles = combinator == Combinator.Or;

    public override bool Matches(in RuleContext context, List<EvaluatedValue>? looked)
    {
        foreach (var condition in _conditions)
        {
            if (condition.Matches(context, looked) == _settles)
            {
                return _settles != not;
            }
        }
        return (_conditions.Length == 0 || !_settles) != not;
    }

    public override Instant? NextChange(in RuleContext context)
    {
        Instant? next = null;
        foreach (var condition in _conditions)
        {
            next = Moments.Earlier(next, condition.NextChange(context));
        }
        return next;
    }
}

/// <summary>Stands where a comparison was not usable: matches nobody, and says so.</summary>
internal sealed class NeverCondition(Rule rule) : Condition
{
    public override bool Matches(in RuleContext context, List<EvaluatedValue>? looked)
    {
        looked?.Add(new EvaluatedValue(rule.Field, rule.Operator, rule.Value, null, false));
        return false;
    }

    public override Instant? NextChange(in RuleContext context) => null;
}
