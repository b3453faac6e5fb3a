using System.Numerics;

using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Evaluation;

/// <summary>Operators on numbers: the wider type of the two decides, and integers shrink again when they fit.</summary>
internal static class Arithmetic
{
    /// <summary>A shift further than this would only burn memory.</summary>
    private const int LargestShift = 1_048_576;

    /// <summary>Integers beyond this many bits are refused: multiplying them again and again has no other bound.</summary>
    private const long LargestInteger = 2 * LargestShift;

    public static Value Apply(Rendering rendering, BinaryOperator op, Value left, Value right, Node at)
    {
        var kind = left.Kind > right.Kind ? left.Kind : right.Kind;
        switch (kind)
        {
            case ValueKind.Decimal:
                return OnDecimals(op, left, right, at);
            case ValueKind.Double:
                return new Value(OnReals(op, Numbers.ToDouble(left), Numbers.ToDouble(right), left, right, at));
            case ValueKind.Float:
                return new Value((float)OnReals(op, Numbers.ToDouble(left), Numbers.ToDouble(right), left, right, at));
            case ValueKind.Int when op is BinaryOperator.DivideRound or BinaryOperator.Modulo && right.Int != 0:
                return Value.Shrink(op == BinaryOperator.Modulo ? left.Long % right.Long : left.Long / right.Long);
            default:
                return OnIntegers(rendering, op, left, right, at);
        }
    }

    private static Value OnIntegers(Rendering rendering, BinaryOperator op, Value left, Value right, Node at)
    {
        if (op == BinaryOperator.Divide)
        {
            return new Value(Numbers.ToDouble(left) / Numbers.ToDouble(right));
        }

        var first = Numbers.ToBigInteger(left);
        var second = Numbers.ToBigInteger(right);
        rendering.Step((int)((first.GetBitLength() + second.GetBitLength()) >> 5));
        switch (op)
        {
            case BinaryOperator.Add:
                return Value.Shrink(first + second);
            case BinaryOperator.Subtract:
                return Value.Shrink(first - second);
            case BinaryOperator.Multiply:
                return first.GetBitLength() + second.GetBitLength() <= LargestInteger
                    ? Value.Shrink(first * second)
                    : throw at.Fault("Expected an integer of a bounded size, but the product is larger.");
            case BinaryOperator.DivideRound or BinaryOperator.Modulo:
                if (second.IsZero)
                {
                    throw at.Fault("Expected a divisor other than zero, but it is zero.");
                }

                return Value.Shrink(op == BinaryOperator.Modulo ? first % second : BigInteger.Divide(first, second));
            default:
                return Shift(op, first, second, at);
        }
    }

    private static Value Shift(BinaryOperator op, BigInteger number, BigInteger by, Node at)
    {
        if (BigInteger.Abs(by) > LargestShift || number.GetBitLength() > LargestInteger)
        {
            throw at.Fault($"Expected a shift of at most {Rendering.Text(LargestShift)} bits, but it is larger.");
        }

        var bits = (int)by;
        return Value.Shrink(op == BinaryOperator.ShiftLeft ? number << bits : number >> bits);
    }

    private static double OnReals(BinaryOperator op, double left, double right, Value first, Value second, Node at) =>
        op switch
        {
            BinaryOperator.Add => left + right,
            BinaryOperator.Subtract => left - right,
            BinaryOperator.Multiply => left * right,
            BinaryOperator.Divide => left / right,
            BinaryOperator.DivideRound => Math.Round(left / right),
            BinaryOperator.Modulo => left % right,
            _ => throw Operators.Unsupported(op, first, second, at),
        };

    private static Value OnDecimals(BinaryOperator op, Value first, Value second, Node at)
    {
        if (!Numbers.TryDecimal(first, out var left) || !Numbers.TryDecimal(second, out var right))
        {
            throw at.Fault("Expected numbers within the range of decimals, but one is outside.");
        }

        try
        {
            return op switch
            {
                BinaryOperator.Add => new Value(left + right),
                BinaryOperator.Subtract => new Value(left - right),
                BinaryOperator.Multiply => new Value(left * right),
                BinaryOperator.Divide => new Value(left / right),
                BinaryOperator.DivideRound => new Value(Math.Round(left / right)),
                BinaryOperator.Modulo => new Value(left % right),
                _ => throw Operators.Unsupported(op, first, second, at),
            };
        }
        catch (ArithmeticException)
        {
            throw at.Fault("Expected a decimal as the result, but it has none.");
        }
    }
}
