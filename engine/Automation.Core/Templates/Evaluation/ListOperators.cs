using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Evaluation;

/// <summary>Operators on lists: joining, repeating, and adding at either end. All of them make a new list.</summary>
internal static class ListOperators
{
    public static Value Apply(Rendering rendering, BinaryOperator op, Value left, Value right, Node at)
    {
        switch (op)
        {
            case BinaryOperator.Add when left.Kind == ValueKind.List && right.Kind == ValueKind.List:
                return Join(rendering, left.List!, right.List!);
            case BinaryOperator.Multiply when left.Kind == ValueKind.List && right.IsNumber:
                return Repeat(rendering, left.List!, Rendering.ToInt(right, at), at);
            case BinaryOperator.Multiply when right.Kind == ValueKind.List && left.IsNumber:
                return Repeat(rendering, right.List!, Rendering.ToInt(left, at), at);
            case BinaryOperator.ShiftLeft when left.Kind == ValueKind.List:
                var longer = Copy(rendering, left.List!);
                longer.Add(right);
                return new Value(longer);
            case BinaryOperator.ShiftRight when right.Kind == ValueKind.List:
                var prefixed = Copy(rendering, right.List!);
                prefixed.Insert(0, left);
                return new Value(prefixed);
            case BinaryOperator.Add when left.Kind == ValueKind.String || right.Kind == ValueKind.String:
                return new Value(string.Concat(rendering.ToText(left), rendering.ToText(right)));
            default:
                throw Operators.Unsupported(op, left, right, at);
        }
    }

    private static ScriptArray Copy(Rendering rendering, Sequence list)
    {
        list = rendering.Current(list);
        rendering.Walk(list.Count);
        return list.ToArray();
    }

    private static Value Join(Rendering rendering, Sequence left, Sequence right)
    {
        var joined = Copy(rendering, left);
        right = rendering.Current(right);
        rendering.Walk(right.Count);
        for (var i = 0; i < right.Count; i++)
        {
            joined.Add(right[i]);
        }

        return new Value(joined);
    }

    private static Value Repeat(Rendering rendering, Sequence list, int times, Node at)
    {
        list = rendering.Current(list);
        var count = Math.Max(times, 0) * (long)Math.Max(list.Count, list.IsRange ? 1 : 0);
        if (count > rendering.Limits.Steps)
        {
            throw at.Fault("Expected a list of a bounded length, but the product is longer.");
        }

        rendering.Walk((int)count);
        var repeated = new ScriptArray((int)count);
        for (var i = 0; i < times && list.Count > 0; i++)
        {
            for (var j = 0; j < list.Count; j++)
            {
                repeated.Add(list[j]);
            }
        }

        return new Value(repeated);
    }
}
