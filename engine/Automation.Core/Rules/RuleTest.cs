using System.Collections.Immutable;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Rules;

/// <summary>One node of a compiled rule.</summary>
internal abstract class RuleTest
{
    /// <param name="looked">Where the values go that were looked at; null on the hot path.</param>
    public abstract bool Matches(in RuleContext context, List<EvaluatedValue>? looked);

    public abstract Instant? NextChange(in RuleContext context);
}

/// <summary>All or any of several tests. Stops at the first that settles it; empty, it matches.</summary>
internal sealed class GroupTest(Combinator combinator, bool not, ImmutableArray<RuleTest> tests) : RuleTest
{
    private readonly RuleTest[] _tests = [.. tests];
    private readonly bool _settles = combinator == Combinator.Or;

    public override bool Matches(in RuleContext context, List<EvaluatedValue>? looked)
    {
        foreach (var test in _tests)
        {
            if (test.Matches(context, looked) == _settles)
            {
                return _settles != not;
            }
        }
        return (_tests.Length == 0 || !_settles) != not;
    }

    public override Instant? NextChange(in RuleContext context)
    {
        Instant? next = null;
        foreach (var test in _tests)
        {
            next = Moments.Earlier(next, test.NextChange(context));
        }
        return next;
    }
}

/// <summary>Stands where a comparison was not usable: matches nobody, and says so.</summary>
internal sealed class NeverTest(Rule rule) : RuleTest
{
    public override bool Matches(in RuleContext context, List<EvaluatedValue>? looked)
    {
        looked?.Add(new EvaluatedValue(rule.Field, rule.Operator, rule.Value, null, false));
        return false;
    }

    public override Instant? NextChange(in RuleContext context) => null;
}
