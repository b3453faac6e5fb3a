using System.Collections.Immutable;
using Automation.Core.Primitives;

namespace Automation.Core.Rules;

/// <summary>
/// Where a value lies in a bag: names with dots between them. A key that itself contains the dots wins over a nested
/// value, because senders who flatten their objects mean exactly that key.
/// </summary>
public readonly struct PropertyPath(string text) : IEquatable<PropertyPath>
{
    private readonly ImmutableArray<string> _keys = [.. text.Split('.')];

    public string Text { get; } = text;

    /// <summary>The value, or null where there is none.</summary>
    public object? Find(PropertyBag? bag)
    {
        if (bag is null)
        {
            return null;
        }
        if (_keys.Length == 1 || bag.ContainsKey(Text))
        {
            return bag.Find(Text);
        }
        object? value = bag;
        foreach (var key in _keys)
        {
            if (value is not PropertyBag inner || !inner.TryGetValue(key, out value))
            {
                return null;
            }
        }
        return value;
    }

    public bool Equals(PropertyPath other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is PropertyPath other && Equals(other);

    // Only for hashed collections within one process; never stored.
    public override int GetHashCode() => Text.Length;

    public override string ToString() => Text;

    public static bool operator ==(PropertyPath left, PropertyPath right) => left.Equals(right);

    public static bool operator !=(PropertyPath left, PropertyPath right) => !left.Equals(right);
}
