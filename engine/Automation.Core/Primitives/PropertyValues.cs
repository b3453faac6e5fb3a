using System.Globalization;

namespace Automation.Core.Primitives;

/// <summary>What two property values are to each other: the same, a number, a text. One place, so that rules and bags agree.</summary>
public static class PropertyValues
{
    /// <summary>Deep equality; numbers compare by amount, so 80, 80.0 and 80.00 are the same.</summary>
    public static bool Same(object? left, object? right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }
        if (left is null || right is null)
        {
            return false;
        }
        if (TryNumber(left, out var a) && TryNumber(right, out var b))
        {
            return a == b;
        }
        return (left, right) switch
        {
            (string x, string y) => string.Equals(x, y, StringComparison.Ordinal),
            (PropertyBag x, PropertyBag y) => x.Equals(y),
            (IReadOnlyList<object?> x, IReadOnlyList<object?> y) => SameItems(x, y),
            _ => left.Equals(right),
        };
    }

    /// <summary>The value as a decimal; false for what is no number, NaN and amounts beyond ±7.9e28.</summary>
    public static bool TryNumber(object? value, out decimal number)
    {
        switch (value)
        {
            case long whole:
                number = whole;
                return true;
            case int whole:
                number = whole;
                return true;
            case decimal exact:
                number = exact;
                return true;
            case double wide when Math.Abs(wide) < 7.9e28:
                number = (decimal)wide;
                return true;
            default:
                number = 0;
                return false;
        }
    }

    /// <summary>The value as people would write it, independent of any culture; null stays null.</summary>
    public static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        true => "true",
        false => "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static bool SameItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }
        for (var i = 0; i < left.Count; i++)
        {
            if (!Same(left[i], right[i]))
            {
                return false;
            }
        }
        return true;
    }
}
