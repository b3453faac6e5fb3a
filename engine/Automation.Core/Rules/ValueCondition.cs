using System.Collections.Immutable;
using System.Globalization;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Rules;

/// <summary>
/// One comparison of one value. A missing value matches only <c>null</c>; what cannot be compared matches neither an
/// operator nor its opposite.
/// </summary>
internal sealed class ValueCondition(Rule rule, FieldPath field, RuleOperator with, ImmutableArray<Operand> operands) : Condition
{
    private readonly FieldSource _source = FieldSource.For(field, rule.Within);
    private readonly Operand[] _operands = [.. operands];

    // Without its window, "count was 2" would be no explanation.
    private readonly string _tracedField =
        rule.Within is { } within ? $"{rule.Field} within {RelativeTime.Text(within)}" : rule.Field;

    public override bool Matches(in RuleContext context, List<EvaluatedValue>? looked)
    {
        var found = _source.Read(context);
        var matched = Compare(found, context);
        looked?.Add(new EvaluatedValue(_tracedField, rule.Operator, rule.Value, TracedValue.Of(found), matched));
        return matched;
    }

    public override Instant? NextChange(in RuleContext context)
    {
        var next = _source.NextChange(context);
        foreach (var operand in _operands)
        {
            if (operand.FromNow is { } fromNow)
            {
                next = Moments.Earlier(next, Passing(_source.Read(context), fromNow, context));
            }
        }
        return next;
    }

    private bool Compare(in RuleValue found, in RuleContext context)
    {
        if (found.Kind == ValueKind.Missing)
        {
            return with == RuleOperator.Null;
        }
        return with switch
        {
            RuleOperator.Null => false,
            RuleOperator.NotNull => true,
            RuleOperator.Equal => _operands[0].SameAs(found, context) == true,
            RuleOperator.NotEqual => _operands[0].SameAs(found, context) == false,
            RuleOperator.Less => _operands[0].Order(found, context) < 0,
            RuleOperator.LessOrEqual => _operands[0].Order(found, context) <= 0,
            RuleOperator.Greater => _operands[0].Order(found, context) > 0,
            RuleOperator.GreaterOrEqual => _operands[0].Order(found, context) >= 0,
            RuleOperator.Contains or RuleOperator.BeginsWith or RuleOperator.EndsWith => Includes(found, context) == true,
            RuleOperator.DoesNotContain or RuleOperator.DoesNotBeginWith or RuleOperator.DoesNotEndWith =>
                Includes(found, context) == false,
            RuleOperator.In => IsAmong(found, context) == true,
            RuleOperator.NotIn => IsAmong(found, context) == false,
            RuleOperator.Between => IsBetween(found, context) == true,
            RuleOperator.NotBetween => IsBetween(found, context) == false,
            _ => false,
        };
    }

    /// <summary>For a list: whether one of its items is the value. For text: whether the value stands in the right place.</summary>
    private bool? Includes(in RuleValue found, in RuleContext context)
    {
        var operand = _operands[0];
        switch (found.Kind)
        {
            case ValueKind.List when with is RuleOperator.Contains or RuleOperator.DoesNotContain:
                return HasItem(found.List, operand, context);
            case ValueKind.Text:
                return Includes(found.Text, operand.Text);
            case ValueKind.Number:
                Span<char> digits = stackalloc char[64];
                return found.Number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture)
                    && Includes(digits[..length], operand.Text);
            default:
                return null;
        }
    }

    private bool Includes(ReadOnlySpan<char> text, string part) => with switch
    {
        RuleOperator.BeginsWith or RuleOperator.DoesNotBeginWith => text.StartsWith(part, StringComparison.Ordinal),
        RuleOperator.EndsWith or RuleOperator.DoesNotEndWith => text.EndsWith(part, StringComparison.Ordinal),
        _ => text.Contains(part, StringComparison.Ordinal),
    };

    private bool? IsAmong(in RuleValue found, in RuleContext context)
    {
        bool? among = null;
        foreach (var operand in _operands)
        {
            var same = found.Kind == ValueKind.List ? HasItem(found.List, operand, context) : operand.SameAs(found, context);
            if (same == true)
            {
                return true;
            }
            among ??= same;
        }
        return among;
    }

    // Either order of the bounds is taken: what lies between 10 and 5 is what lies between 5 and 10.
    private bool? IsBetween(in RuleValue found, in RuleContext context)
    {
        if (_operands[0].Order(found, context) is not { } first || _operands[1].Order(found, context) is not { } second)
        {
            return null;
        }
        return first == 0 || second == 0 || first < 0 != second < 0;
    }

    private static bool HasItem(IReadOnlyList<object?> list, Operand operand, in RuleContext context)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (operand.SameAs(RuleValue.Of(list[i]), context) == true)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>When the value that moves with the clock passes the one found, or the next item of a list.</summary>
    private Instant? Passing(in RuleValue found, Duration fromNow, in RuleContext context)
    {
        if (found.Kind != ValueKind.List)
        {
            return Operand.MomentOf(found, context) is { } moment ? Passing(moment, fromNow, context.Now) : null;
        }
        Instant? next = null;
        foreach (var item in found.List)
        {
            next = Operand.MomentOf(RuleValue.Of(item), context) is { } moment
                ? Moments.Earlier(next, Passing(moment, fromNow, context.Now))
                : next;
        }
        return next;
    }

    // When they meet the two are equal: for some operators that is the change, for others the moment after it.
    private Instant? Passing(Instant found, Duration fromNow, Instant now)
    {
        var meeting = Moments.Minus(found, fromNow);
        if (meeting == Instant.MaxValue)
        {
            return null;
        }
        var after = meeting + Duration.Epsilon;
        var first = with is RuleOperator.Less or RuleOperator.GreaterOrEqual ? after : meeting;
        var last = with is RuleOperator.LessOrEqual or RuleOperator.Greater ? meeting : after;
        return first > now ? first : last > now ? last : null;
    }
}
