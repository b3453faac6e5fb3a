using System.Collections;
using System.Reflection;
using Automation.Core.Primitives;

namespace Automation.Core.Tests.Codecs;

/// <summary>Compares field by field and item by item: records with arrays inside are equal by reference only, which is of no use here.</summary>
internal static class Difference
{
    /// <summary>The path of the first difference, or null.</summary>
    public static string? Find(object? left, object? right, string path = "")
    {
        if (ReferenceEquals(left, right))
        {
            return null;
        }
        if (left is null || right is null)
        {
            return $"{path}: {left ?? "null"} and {right ?? "null"}";
        }
        if (path.EndsWith(".Value", StringComparison.Ordinal) && PropertyValues.Same(left, right))
        {
            return null;
        }
        return (left, right) switch
        {
            (PropertyBag x, PropertyBag y) => x.Equals(y) ? null : $"{path}: bags differ",
            (string x, string y) => x == y ? null : $"{path}: '{x}' and '{y}'",
            (IEnumerable x, IEnumerable y) => Items(x, y, path),
            _ when left.GetType() != right.GetType() => PropertyValues.Same(left, right) ? null : $"{path}: {left.GetType()} and {right.GetType()}",
            _ when left is IConvertible or Guid or NodaTime.Instant or NodaTime.Duration => left.Equals(right) ? null : $"{path}: {left} and {right}",
            _ => Fields(left, right, path),
        };
    }

    private static string? Items(IEnumerable left, IEnumerable right, string path)
    {
        var (x, y) = (List(left), List(right));
        return x.Count != y.Count
            ? $"{path}: {x.Count} and {y.Count} items"
            : x.Select((item, i) => Find(item, y[i], $"{path}[{i}]")).FirstOrDefault(d => d is not null);
    }

    // A default immutable array means the same as an empty one.
    private static List<object?> List(IEnumerable items) =>
        items.GetType().GetProperty("IsDefault")?.GetValue(items) is true ? [] : [.. items.Cast<object?>()];

    private static string? Fields(object left, object right, string path) =>
        left.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0)
            .Select(p => Find(p.GetValue(left), p.GetValue(right), $"{path}.{p.Name}"))
            .FirstOrDefault(d => d is not null);
}
