using System.Globalization;

using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Evaluation;

internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    DivideRound,
    Modulo,
    ShiftLeft,
    ShiftRight,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Range,
    RangeExclusive,
}

/// <summary>What each operator does to each pair of types. The node is only asked for its place when something is wrong.</summary>
internal static class Operators
{
    public static Value Apply(Rendering rendering, BinaryOperator op, Value left, Value right, Node at)
    {
        if (op is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual)
        {
            return new Value(Comparison.Holds(rendering, op, left, right, at));
        }

        var leftKind = left.Kind;
        var rightKind = right.Kind;
        if (leftKind == ValueKind.Int && rightKind == ValueKind.Int && op <= BinaryOperator.Multiply)
        {
            return op switch
            {
                BinaryOperator.Add => Value.Shrink((long)left.Int + right.Int),
                BinaryOperator.Subtract => Value.Shrink((long)left.Int - right.Int),
                _ => Value.Shrink((long)left.Int * right.Int),
            };
        }

        if (leftKind == ValueKind.List || (rightKind == ValueKind.List && leftKind != ValueKind.String))
        {
            return ListOperators.Apply(rendering, op, left, right, at);
        }

        if (leftKind == ValueKind.String || rightKind == ValueKind.String)
        {
            return OnText(rendering, op, left, right, at);
        }

        if (op >= BinaryOperator.Range)
        {
            return Range(rendering, left, right, op == BinaryOperator.RangeExclusive, at);
        }

        if (left.IsNull || right.IsNull)
        {
            return Value.Null;
        }

        if (IsNumeric(left, right))
        {
            return Arithmetic.Apply(rendering, op, left, right, at);
        }

        return OnTime(op, left, right) ?? throw Unsupported(op, left, right, at);
    }

    public static Fault Unsupported(BinaryOperator op, Value left, Value right, Node at) =>
        at.Fault($"Expected types that {op} works on, but found {Kinds.Name(left)} and {Kinds.Name(right)}.");

    /// <summary>A boolean counts as a number beside a number, but two booleans do not add up.</summary>
    private static bool IsNumeric(Value left, Value right) =>
        (left.IsNumber && (right.IsNumber || right.Kind == ValueKind.Bool))
        || (right.IsNumber && left.Kind == ValueKind.Bool);

    private static Value? OnTime(BinaryOperator op, Value left, Value right) =>
        (op, left.Kind, right.Kind) switch
        {
            (BinaryOperator.Subtract, ValueKind.Date, ValueKind.Date) => new Value(left.Date - right.Date),
            (BinaryOperator.Add, ValueKind.Date, ValueKind.TimeSpan) => new Value(left.Date + right.TimeSpan),
            _ => null,
        };

    private static Value OnText(Rendering rendering, BinaryOperator op, Value left, Value right, Node at)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                var first = rendering.ToText(left) ?? string.Empty;
                var second = rendering.ToText(right) ?? string.Empty;
                CheckLength(rendering, (long)first.Length + second.Length, at);
                return new Value(string.Concat(first, second));
            case BinaryOperator.Multiply:
                var (text, times) = right.Kind == ValueKind.String ? (right.Text!, left) : (left.Text!, right);
                return Repeat(rendering, text, Times(rendering, times, at), at);
            default:
                throw at.Fault($"Expected an operator for text, but {op} is none.");
        }
    }

    private static int Times(Rendering rendering, Value times, Node at)
    {
        if (times.Kind != ValueKind.String)
        {
            return times.IsNull ? 0 : Rendering.ToInt(times, at);
        }

        return int.TryParse(times.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw at.Fault("Expected a number of times to repeat the text, but found another text.");
    }

    private static Value Repeat(Rendering rendering, string text, int times, Node at)
    {
        if (times <= 0 || text.Length == 0)
        {
            return Value.EmptyText;
        }

        CheckLength(rendering, (long)text.Length * times, at);
        return new Value(string.Create(text.Length * times, text, static (span, part) =>
        {
            for (; span.Length > 0; span = span[part.Length..])
            {
                part.CopyTo(span);
            }
        }));
    }

    /// <summary>A text longer than anything that may be printed is refused before it is built.</summary>
    public static void CheckLength(Rendering rendering, long length, Node? at)
    {
        var limit = rendering.Limits.Text > 0 ? rendering.Limits.Text : TemplateLimits.Default.Text;
        if (length > limit)
        {
            var message = $"Expected a text of at most {Rendering.Text(limit)} characters, but it would be longer.";
            throw at is null ? new Fault(message) : at.Fault(message);
        }

        rendering.StepForText((int)length);
    }

    private static Value Range(Rendering rendering, Value left, Value right, bool exclusive, Node at)
    {
        if (left.Kind is not (ValueKind.Int or ValueKind.Long) || right.Kind is not (ValueKind.Int or ValueKind.Long))
        {
            throw Unsupported(BinaryOperator.Range, left, right, at);
        }

        var down = left.Long > right.Long;
        var distance = Math.Abs((decimal)right.Long - left.Long) + (exclusive ? 0 : 1);
        var limit = rendering.Limits.Loop > 0 ? rendering.Limits.Loop : rendering.Limits.Steps;
        return distance <= limit
            ? new Value(new ScriptRange(left.Long, (int)distance, down))
            : throw at.Fault($"Expected a range of at most {Rendering.Text(limit)} numbers, but it is longer.");
    }
}
