using System.Globalization;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary><c>math</c>. Rounding is to even; null mostly stays null.</summary>
internal static class MathFunctions
{
    public static ScriptObject Create()
    {
        var target = new ScriptObject();
        target.Add("abs", "value", static (r, a) => Absolute(a[0], r));
        target.Add("ceil", "value", static (r, a) => new Value(Math.Ceiling(r.NumberAt(a, 0))));
        target.Add("divided_by", "value divisor", static (r, a) => DividedBy(r, a));
        target.Add("floor", "value", static (r, a) => new Value(Math.Floor(r.NumberAt(a, 0))));
        target.Add("format", "value format culture?", static (r, a) => Format(r, a));
        target.Add("is_number", "value", static (r, a) => new Value(a[0].IsNumber));
        target.Add("minus", "value with", static (r, a) => Operators.Apply(r, BinaryOperator.Subtract, a[0], a[1], r.CallSite!));
        target.Add("modulo", "value with", static (r, a) => Operators.Apply(r, BinaryOperator.Modulo, a[0], a[1], r.CallSite!));
        target.Add("plus", "value with", static (r, a) => Operators.Apply(r, BinaryOperator.Add, a[0], a[1], r.CallSite!));
        target.Add("round", "value precision?", static (r, a) => Round(r, a));
        target.Add("times", "value with", static (r, a) => Operators.Apply(r, BinaryOperator.Multiply, a[0], a[1], r.CallSite!));
        target.Add("uuid", string.Empty, static (r, a) => new Value(SeededDraw.Uuid(r)));
        target.Add("random", "minValue maxValue", static (r, a) => SeededDraw.Between(r, r.IntAt(a, 0), r.IntAt(a, 1)));
        return target.Seal();
    }

    /// <summary>What <c>math.format</c> and <c>object.format</c> print; the format is a .NET one.</summary>
    public static Value Formatted(Rendering r, Value value, string? format, CultureInfo culture)
    {
        try
        {
            return r.Built(value.Kind switch
            {
                ValueKind.Int => value.Int.ToString(format, culture),
                ValueKind.Long => value.Long.ToString(format, culture),
                ValueKind.Float => value.Float.ToString(format, culture),
                ValueKind.Double => value.Double.ToString(format, culture),
                ValueKind.Decimal => value.Decimal.ToString(format, culture),
                ValueKind.BigInteger => value.BigInteger.ToString(format, culture),
                ValueKind.Date => value.Date.DateTime.ToString(format, culture),
                ValueKind.TimeSpan => value.TimeSpan.ToString(format, culture),
                _ => r.ToText(value) ?? string.Empty,
            });
        }
        catch (FormatException)
        {
            throw new Fault($"Expected a format for {Kinds.Name(value)}, but found `{format}`.");
        }
    }

    private static Value Format(Rendering r, ReadOnlySpan<Value> a)
    {
        if (a[0].IsNull)
        {
            return Value.EmptyText;
        }

        return a[0].IsNumber
            ? Formatted(r, a[0], Checked(r.TextAt(a, 1)), r.CultureAt(a, 2))
            : throw r.At(0).Fault($"Expected a number to format, but found {Kinds.Name(a[0])}.");
    }

    /// <summary>A precision of a hundred million digits would be honoured by the platform; nobody needs more than a few.</summary>
    public static string? Checked(string? format)
    {
        var digits = format?.Where(char.IsAsciiDigit).Count() ?? 0;
        return format is null || (digits <= 3 && format.Length <= 64) || format.AsSpan(1).IndexOfAnyExcept('0', '#') < 0
            ? format
            : format.Length <= 64 && !char.IsAsciiLetter(format[0])
                ? format
                : throw new Fault("Expected a short number format, but it is long.");
    }

    private static Value Absolute(Value value, Rendering r) => value.Kind switch
    {
        ValueKind.Null => Value.Null,
        ValueKind.Int => Value.Shrink(Math.Abs((long)value.Int)),
        ValueKind.Double => new Value(Math.Abs(value.Double)),
        ValueKind.Float => new Value(Math.Abs(value.Float)),
        ValueKind.Decimal => new Value(Math.Abs(value.Decimal)),
        ValueKind.Long or ValueKind.BigInteger => Value.Shrink(System.Numerics.BigInteger.Abs(Numbers.ToBigInteger(value))),
        _ => throw r.At(0).Fault($"Expected a number, but found {Kinds.Name(value)}."),
    };

    private static Value Round(Rendering r, ReadOnlySpan<Value> a)
    {
        var digits = r.IntAt(a, 1);
        return digits is >= 0 and <= 15
            ? new Value(Math.Round(r.NumberAt(a, 0), digits))
            : throw r.At(1).Fault("Expected a precision from 0 to 15 digits, but it is another.");
    }

    /// <summary>A whole divisor asks for a whole result, rounded down. No dividend counts as zero.</summary>
    private static Value DividedBy(Rendering r, ReadOnlySpan<Value> a)
    {
        var result = Operators.Apply(r, BinaryOperator.Divide, new Value(r.NumberAt(a, 0)), a[1], r.CallSite!);
        return a[1].Kind == ValueKind.Int && result.Kind == ValueKind.Double
            ? new Value((int)Math.Clamp(Math.Floor(result.Double), int.MinValue, int.MaxValue))
            : result;
    }
}
