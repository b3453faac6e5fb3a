using System.Globalization;
using System.Numerics;

using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Evaluation;

/// <summary>Turning values into the text, number or list that an operator or a function asks for.</summary>
internal sealed partial class Rendering
{
    /// <summary>The text of a value as it would be printed; null stays null.</summary>
    public string? ToText(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null or ValueKind.Missing:
                return null;
            case ValueKind.String:
                return value.Text;
            case ValueKind.Bool:
                return value.Bool ? "true" : "false";
            default:
                var mark = BeginCapture(keepIndent: false);
                ValueWriter.Write(this, value, isNested: false, depth: 0);
                Cut();
                return EndCapture(mark);
        }
    }

    public static int ToInt(Value value, Node at) =>
        TryInt(value, out var number)
            ? number
            : throw at.Fault($"Expected an integer, but found {Kinds.Name(value)}.");

    /// <summary>Numbers with a fraction are rounded, as the language's own conversion does.</summary>
    public static bool TryInt(Value value, out int number)
    {
        if (value.Kind == ValueKind.Int)
        {
            number = value.Int;
            return true;
        }

        number = 0;
        if (value.Kind == ValueKind.Bool)
        {
            number = value.Bool ? 1 : 0;
            return true;
        }

        if (value.Kind == ValueKind.String)
        {
            return int.TryParse(value.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number);
        }

        if (!value.IsNumber)
        {
            return false;
        }

        var real = Numbers.ToDouble(value);
        if (real is not (>= int.MinValue and <= int.MaxValue))
        {
            return false;
        }

        number = (int)Math.Round(real, MidpointRounding.ToEven);
        return true;
    }

    /// <summary>What a loop or a list function walks over; null when the value cannot be walked.</summary>
    public Sequence? ToSequence(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.List:
                return Current(value.List!);
            case ValueKind.Object:
                return Pairs(Current(value.Object!));
            case ValueKind.String:
                return new CharacterSequence(value.Text!);
            default:
                return null;
        }
    }

    /// <summary>An object is walked as its members, each with a key and a value.</summary>
    private ScriptArray Pairs(Record record)
    {
        var pairs = new ScriptArray(record.Count);
        foreach (var (name, value) in record.Members())
        {
            Step();
            pairs.Add(new Value(new ScriptObject { { "key", new Value(name) }, { "value", value } }));
        }

        return pairs;
    }
}

/// <summary>Numbers of every width.</summary>
internal static class Numbers
{
    public static double ToDouble(Value value) => value.Kind switch
    {
        ValueKind.Int or ValueKind.Long => value.Long,
        ValueKind.Bool => value.Bool ? 1 : 0,
        ValueKind.Double => value.Double,
        ValueKind.Float => value.Float,
        ValueKind.Decimal => (double)value.Decimal,
        ValueKind.BigInteger => (double)value.BigInteger,
        _ => double.NaN,
    };

    public static BigInteger ToBigInteger(Value value) => value.Kind switch
    {
        ValueKind.Int or ValueKind.Long => value.Long,
        ValueKind.Bool => value.Bool ? 1 : 0,
        ValueKind.BigInteger => value.BigInteger,
        _ => new BigInteger(ToDouble(value)),
    };

    /// <summary>The decimal closest to a number, when there is one.</summary>
    public static bool TryDecimal(Value value, out decimal number)
    {
        if (value.Kind == ValueKind.Decimal)
        {
            number = value.Decimal;
            return true;
        }

        if (value.Kind is ValueKind.Int or ValueKind.Long or ValueKind.Bool)
        {
            number = value.Long;
            return true;
        }

        var real = ToDouble(value);
        number = 0;
        if (!(Math.Abs(real) < 7.9e28))
        {
            return false;
        }

        number = value.Kind == ValueKind.BigInteger ? (decimal)value.BigInteger : (decimal)real;
        return true;
    }
}
