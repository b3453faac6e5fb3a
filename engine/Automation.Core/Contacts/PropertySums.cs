using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Automation.Core.Primitives;

namespace Automation.Core.Contacts;

/// <summary>Lists of sums: a handful each, so they are searched from the front and copied when they change.</summary>
internal static class PropertySums
{
    /// <summary>The numbers among an event's properties, the first <see cref="EventHistory.NumbersMax"/> of them.</summary>
    public static ImmutableArray<PropertySum> NumbersOf(PropertyBag properties)
    {
        var count = 0;
        for (var i = 0; i < properties.Count && count < EventHistory.NumbersMax; i++)
        {
            count += PropertyValues.TryNumber(properties.At(i).Value, out _) ? 1 : 0;
        }
        if (count == 0)
        {
            return [];
        }
        var numbers = new PropertySum[count];
        for (int i = 0, next = 0; next < count; i++)
        {
            var (key, value) = properties.At(i);
            if (PropertyValues.TryNumber(value, out var number))
            {
                numbers[next++] = new PropertySum(key, number);
            }
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(numbers);
    }

    public static decimal Find(ImmutableArray<PropertySum> sums, string property)
    {
        foreach (var sum in sums)
        {
            if (string.Equals(sum.Property, property, StringComparison.Ordinal))
            {
                return sum.Sum;
            }
        }
        return 0;
    }

    /// <summary>Both together. Properties beyond <see cref="EventHistory.SumsMax"/> are left out.</summary>
    public static ImmutableArray<PropertySum> Add(ImmutableArray<PropertySum> to, ImmutableArray<PropertySum> more)
    {
        if (to.IsEmpty || more.IsEmpty)
        {
            return to.IsEmpty ? more : to;
        }
        var fresh = 0;
        foreach (var sum in more)
        {
            fresh += IndexOf(to.AsSpan(), sum.Property) < 0 ? 1 : 0;
        }
        var sums = new PropertySum[Math.Min(to.Length + fresh, Math.Max(to.Length, EventHistory.SumsMax))];
        to.CopyTo(sums);
        var used = to.Length;
        foreach (var sum in more)
        {
            var index = IndexOf(sums.AsSpan(0, used), sum.Property);
            if (index >= 0)
            {
                sums[index] = sums[index] with { Sum = Plus(sums[index].Sum, sum.Sum) };
            }
            else if (used < sums.Length)
            {
                sums[used++] = sum;
            }
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(sums);
    }

    /// <summary>A sum beyond what a decimal holds stays at the limit: an absurd amount must not stop a contact.</summary>
    public static decimal Plus(decimal left, decimal right)
    {
        // Asking first whether it fits costs four times the addition, and it practically always fits.
        try
        {
            return left + right;
        }
        catch (OverflowException)
        {
            return left < 0 ? decimal.MinValue : decimal.MaxValue;
        }
    }

    public static int IndexOf(ReadOnlySpan<PropertySum> sums, string property)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            if (string.Equals(sums[i].Property, property, StringComparison.Ordinal))
            {
                return i;
            }
        }
        return -1;
    }
}
