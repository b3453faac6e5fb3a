using System.Collections.Immutable;

namespace Automation.Core.Rules;

/// <summary>What right-hand sides a field and an operator allow, and what they become.</summary>
internal static class ComparisonValue
{
    private static readonly char[] Commas = [',', '，'];

    /// <summary>Code, part of the rule at fault, and sentence; null where all is well.</summary>
    public static (string Code, string Part, string Message)? Problem(object? value, FieldPath field, RuleOperator with)
    {
        if (!Allows(field, with))
        {
            return (RuleProblem.OperatorNotForField, "operator",
                $"Expected an operator that suits '{field}', but found '{with.Name()}'.");
        }
        if (with.TakesNothing())
        {
            return null;
        }
        var items = with.TakesList() ? Items(value) : [value];
        if (items.IsEmpty || items.Any(item => IsMissing(item, field, with)))
        {
            return (RuleProblem.ValueMissing, "value", $"Expected a value after '{with.Name()}', but found none.");
        }
        if (with is RuleOperator.Between or RuleOperator.NotBetween && items.Length != 2)
        {
            return (RuleProblem.ValueNotUsable, "value", $"Expected two values after '{with.Name()}', but found {items.Length}.");
        }
        foreach (var item in items)
        {
            if (Wanted(item, field, with) is { } wanted)
            {
                return (RuleProblem.ValueNotUsable, "value", $"Expected {wanted} after '{field} {with.Name()}', but found {Shown(item)}.");
            }
        }
        return null;
    }

    public static ImmutableArray<Operand> Operands(object? value, RuleOperator with)
    {
        if (with.TakesNothing())
        {
            return [];
        }
        return with.TakesList() ? [.. Items(value).Select(item => new Operand(item))] : [new Operand(value)];
    }

    /// <summary>A list, or text with commas, as the query builder saves what was typed into one box.</summary>
    private static ImmutableArray<object?> Items(object? value) => value switch
    {
        null => [],
        string text => [.. text.Split(Commas, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        IReadOnlyList<object?> list => [.. list],
        _ => [value],
    };

    private static bool Allows(FieldPath field, RuleOperator with) => field switch
    {
        _ when with.TakesNothing() => true,
        _ when field.IsSet => with is RuleOperator.Contains or RuleOperator.DoesNotContain or RuleOperator.Equal
            or RuleOperator.NotEqual or RuleOperator.In or RuleOperator.NotIn,
        FieldPath.Consent => with is RuleOperator.Equal or RuleOperator.NotEqual,
        _ when IsNumber(field) || IsMoment(field) => !IsForText(with),
        _ => true,
    };

    /// <summary>Empty text is a value only where it can be equal to something.</summary>
    private static bool IsMissing(object? item, FieldPath field, RuleOperator with)
    {
        var equality = with is RuleOperator.Equal or RuleOperator.NotEqual or RuleOperator.In or RuleOperator.NotIn;
        var free = !field.IsSet && field is not FieldPath.Consent && !IsNumber(field) && !IsMoment(field);
        return item is null || (item is "" && !(equality && free));
    }

    /// <summary>What was wanted instead; null where the value can be used.</summary>
    private static string? Wanted(object? item, FieldPath field, RuleOperator with)
    {
        var operand = new Operand(item);
        var kind = RuleValue.Of(item).Kind;
        return field switch
        {
            _ when field.IsSet => kind is ValueKind.Text or ValueKind.Number ? null : "one name",
            FieldPath.Consent => operand.IsFlag ? null : "true or false",
            _ when IsNumber(field) => operand.IsNumber ? null : "a number",
            _ when IsMoment(field) => operand.IsMoment ? null : "a date, a time, or a distance such as '30d ago'",
            _ when IsForText(with) => kind is ValueKind.Text or ValueKind.Number or ValueKind.Flag ? null : "a text",
            _ when with is RuleOperator.Equal or RuleOperator.NotEqual => null,
            _ => kind is ValueKind.Text or ValueKind.Number or ValueKind.Flag ? null : "a single value",
        };
    }

    private static bool IsNumber(FieldPath field) => field is FieldPath.ContactId or FieldPath.Quota
        or FieldPath.History { Measure: HistoryMeasure.Count or HistoryMeasure.Sum };

    private static bool IsMoment(FieldPath field) => field is FieldPath.FirstSeen or FieldPath.LastActivity
        or FieldPath.History { Measure: HistoryMeasure.First or HistoryMeasure.Last };

    private static bool IsForText(RuleOperator with) => with is RuleOperator.Contains or RuleOperator.DoesNotContain
        or RuleOperator.BeginsWith or RuleOperator.DoesNotBeginWith or RuleOperator.EndsWith or RuleOperator.DoesNotEndWith;

    private static string Shown(object? item) => item switch
    {
        string text => $"'{text}'",
        IReadOnlyList<object?> => "a list",
        Primitives.PropertyBag => "an object",
        _ => $"'{Primitives.PropertyValues.Text(item)}'",
    };
}
