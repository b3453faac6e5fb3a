using System.Runtime.CompilerServices;

using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Evaluation;

/// <summary>Equality and order between values of any types.</summary>
internal static class Comparison
{
    public static bool Holds(Rendering rendering, BinaryOperator op, Value left, Value right, Node at)
    {
        if (left.Kind == ValueKind.Int && right.Kind == ValueKind.Int)
        {
            return Is(op, left.Int.CompareTo(right.Int));
        }

        if (op == BinaryOperator.Equal)
        {
            return AreEqual(rendering, left, right);
        }

        if (op == BinaryOperator.NotEqual)
        {
            return !AreEqual(rendering, left, right);
        }

        if (left.IsNull || right.IsNull)
        {
            return false;
        }

        if (Unordered(left) || Unordered(right))
        {
            return false;
        }

        return Is(op, Order(rendering, left, right) ?? throw Operators.Unsupported(op, left, right, at));
    }

    public static bool AreEqual(Rendering rendering, Value left, Value right)
    {
        var leftKind = left.Kind;
        var rightKind = right.Kind;
        if (left.IsNull || right.IsNull)
        {
            return left.IsNull && right.IsNull;
        }

        if (leftKind == ValueKind.Empty || rightKind == ValueKind.Empty)
        {
            return IsEmpty(left) && IsEmpty(right);
        }

        if (leftKind == ValueKind.String || rightKind == ValueKind.String)
        {
            return string.Equals(rendering.ToText(left), rendering.ToText(right), StringComparison.Ordinal);
        }

        if (leftKind is ValueKind.Object or ValueKind.Function || rightKind is ValueKind.Object or ValueKind.Function)
        {
            return left.SameReference(right) || SameHost(left, right);
        }

        if (leftKind == ValueKind.List && rightKind == ValueKind.List)
        {
            return SameElements(rendering, rendering.Current(left.List!), rendering.Current(right.List!));
        }

        return Order(rendering, left, right) == 0;
    }

    /// <summary>Below zero, zero or above; null when the two have no order.</summary>
    public static int? Order(Rendering rendering, Value left, Value right)
    {
        var leftKind = left.Kind;
        var rightKind = right.Kind;
        if (leftKind == ValueKind.String || rightKind == ValueKind.String)
        {
            return string.CompareOrdinal(rendering.ToText(left), rendering.ToText(right));
        }

        if (leftKind is >= ValueKind.Bool and <= ValueKind.Decimal && rightKind is >= ValueKind.Bool and <= ValueKind.Decimal)
        {
            return OrderOfNumbers(left, right);
        }

        if (leftKind != rightKind)
        {
            return null;
        }

        return leftKind switch
        {
            ValueKind.Date => left.Date.CompareTo(right.Date),
            ValueKind.TimeSpan => left.TimeSpan.CompareTo(right.TimeSpan),
            ValueKind.List => OrderOfLists(rendering, rendering.Current(left.List!), rendering.Current(right.List!)),
            _ => null,
        };
    }

    private static int OrderOfNumbers(Value left, Value right)
    {
        var kind = left.Kind > right.Kind ? left.Kind : right.Kind;
        if (kind == ValueKind.Decimal && Numbers.TryDecimal(left, out var first) && Numbers.TryDecimal(right, out var second))
        {
            return first.CompareTo(second);
        }

        return kind switch
        {
            ValueKind.Bool or ValueKind.Int or ValueKind.Long => left.Long.CompareTo(right.Long),
            ValueKind.BigInteger => Numbers.ToBigInteger(left).CompareTo(Numbers.ToBigInteger(right)),
            _ => Numbers.ToDouble(left).CompareTo(Numbers.ToDouble(right)),
        };
    }

    private static int? OrderOfLists(Rendering rendering, Sequence left, Sequence right)
    {
        EnsureRoom();
        for (var i = 0; i < left.Count && i < right.Count; i++)
        {
            rendering.Step();
            var order = Order(rendering, left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Count.CompareTo(right.Count);
    }

    private static bool SameElements(Rendering rendering, Sequence left, Sequence right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        EnsureRoom();
        for (var i = 0; i < left.Count; i++)
        {
            rendering.Step();
            if (!AreEqual(rendering, left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A list may contain itself, and then a comparison never ends.</summary>
    private static void EnsureRoom()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new Fault("Expected lists that end, but they nest too deeply or contain themselves.");
        }
    }

    private static bool SameHost(Value left, Value right) =>
        left.Object is HostRecord first && right.Object is HostRecord second && ReferenceEquals(first.Map, second.Map);

    private static bool IsEmpty(Value value) => value.Kind switch
    {
        ValueKind.Empty => true,
        ValueKind.List => value.List!.Count == 0,
        ValueKind.Object => value.Object!.Count == 0,
        _ => false,
    };

    private static bool Unordered(Value value) =>
        (value.Kind == ValueKind.Double && double.IsNaN(value.Double)) || value.Kind == ValueKind.Empty;

    private static bool Is(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Equal => order == 0,
        BinaryOperator.NotEqual => order != 0,
        BinaryOperator.Less => order < 0,
        BinaryOperator.LessOrEqual => order <= 0,
        BinaryOperator.Greater => order > 0,
        _ => order >= 0,
    };
}
