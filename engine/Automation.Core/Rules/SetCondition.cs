using System.Collections.Immutable;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Rules;

/// <summary>
/// One comparison of a set of names: tags, lists or segments. The set itself is never missing, only empty: <c>null</c>
/// asks for that, and an empty set contains nothing.
/// </summary>
internal sealed class SetCondition(Rule rule, FieldPath field, RuleOperator with, ImmutableArray<Operand> operands) : Condition
{
    private readonly string[] _names = [.. operands.Select(operand => operand.Text)];

    private readonly bool _wantsIt =
        with is RuleOperator.Contains or RuleOperator.Equal or RuleOperator.In or RuleOperator.NotNull;

    public override bool Matches(in RuleContext context, List<EvaluatedValue>? looked)
    {
        var matched = HasAny(context, looked) == _wantsIt;
        looked?.Add(new EvaluatedValue(rule.Field, rule.Operator, rule.Value, TracedSet(context), matched));
        return matched;
    }

    public override Instant? NextChange(in RuleContext context)
    {
        if (field is not FieldPath.Segments || context.SegmentDepth >= RuleContext.SegmentDepthMax)
        {
            return null;
        }
        Instant? next = null;
        var inner = context.OfSegment();
        foreach (var name in Asked(context))
        {
            next = Moments.Earlier(next, context.Segments.Find(name)?.NextChange(inner));
        }
        return next;
    }

    private bool HasAny(in RuleContext context, List<EvaluatedValue>? looked)
    {
        if (with.TakesNothing() && field is not FieldPath.Segments)
        {
            return !NamesOf(context.Contact).IsEmpty;
        }
        foreach (var name in Asked(context))
        {
            if (Has(context, name, looked))
            {
                return true;
            }
        }
        return false;
    }

    private bool Has(in RuleContext context, string name, List<EvaluatedValue>? looked)
    {
        if (field is not FieldPath.Segments)
        {
            return Contains(NamesOf(context.Contact), name);
        }
        if (context.Segments.Find(name) is not { } segment)
        {
            return Contains(context.Contact.Lists, name);
        }
        if (context.SegmentDepth >= RuleContext.SegmentDepthMax)
        {
            return false;
        }
        var inner = context.OfSegment();
        return looked is null ? segment.Matches(inner) : segment.Matches(inner, looked);
    }

    /// <summary>Segments that matter to the answer: those named, or all of them where the question is whether there is any.</summary>
    private ReadOnlySpan<string> Asked(in RuleContext context) =>
        with.TakesNothing() ? context.Segments.Keys.AsSpan() : _names;

    // Tags and lists are shown whole. Of segments only those asked for: the others would have to be evaluated first.
    private string[] TracedSet(in RuleContext context)
    {
        if (field is not FieldPath.Segments)
        {
            return [.. NamesOf(context.Contact).Take(TracedValue.ItemsMax)];
        }
        var found = new List<string>();
        foreach (var name in Asked(context))
        {
            if (found.Count < TracedValue.ItemsMax && Has(context, name, null))
            {
                found.Add(name);
            }
        }
        return [.. found];
    }

    private ImmutableArray<string> NamesOf(Contacts.Contact contact) => field is FieldPath.Tags ? contact.Tags : contact.Lists;

    // Not a binary search: sets are small, and an unsorted one from an importer must not lie.
    private static bool Contains(ImmutableArray<string> names, string name)
    {
        foreach (var known in names)
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}
