using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Automation.Core.Primitives;

/// <summary>
/// An immutable JSON object: event properties, contact attributes, step results. Keys keep their order of arrival.
/// Values are null, <see cref="bool"/>, <see cref="long"/>, <see cref="decimal"/>, <see cref="double"/> (only where a
/// decimal cannot hold the number), <see cref="string"/>, <see cref="IReadOnlyList{T}"/> of such values, or a bag.
/// Bags are small, so a linear search beats hashing and costs no memory.
/// </summary>
public sealed class PropertyBag : IReadOnlyDictionary<string, object?>, IEquatable<PropertyBag>
{
    public static readonly PropertyBag Empty = new([], []);

    private readonly string[] _keys;
    private readonly object?[] _values;

    internal PropertyBag(string[] keys, object?[] values)
    {
        _keys = keys;
        _values = values;
    }

    public static PropertyBag Of(params ReadOnlySpan<(string Key, object? Value)> pairs)
    {
        var bag = Empty;
        foreach (var (key, value) in pairs)
        {
            bag = bag.With(key, value);
        }
        return bag;
    }

    public int Count => _keys.Length;

    public IEnumerable<string> Keys => _keys;

    public IEnumerable<object?> Values => _values;

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    /// <summary>The value, or null where there is none: rules and templates treat both alike.</summary>
    public object? Find(string key) => TryGetValue(key, out var value) ? value : null;

    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var index = IndexOf(key);
        value = index >= 0 ? _values[index] : null;
        return index >= 0;
    }

    public PropertyBag With(string key, object? value)
    {
        var index = IndexOf(key);
        if (index < 0)
        {
            return new PropertyBag([.. _keys, key], [.. _values, value]);
        }
        if (PropertyValues.Same(_values[index], value))
        {
            return this;
        }
        var values = (object?[])_values.Clone();
        values[index] = value;
        return new PropertyBag(_keys, values);
    }

    public PropertyBag Without(string key)
    {
        var index = IndexOf(key);
        return index < 0
            ? this
            : new PropertyBag([.. _keys[..index], .. _keys[(index + 1)..]], [.. _values[..index], .. _values[(index + 1)..]]);
    }

    /// <summary>Each of the other's values over ours; a null takes the key away, as identify's null traits do.</summary>
    public PropertyBag Overlay(PropertyBag other)
    {
        var result = this;
        for (var i = 0; i < other._keys.Length; i++)
        {
            result = other._values[i] is null ? result.Without(other._keys[i]) : result.With(other._keys[i], other._values[i]);
        }
        return result;
    }

    public KeyValuePair<string, object?> At(int index) => new(_keys[index], _values[index]);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            yield return new KeyValuePair<string, object?>(_keys[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(PropertyBag? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }
        for (var i = 0; i < _keys.Length; i++)
        {
            if (!other.TryGetValue(_keys[i], out var value) || !PropertyValues.Same(_values[i], value))
            {
                return false;
            }
        }
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as PropertyBag);

    // Only for hashed collections within one process; never stored.
    public override int GetHashCode() => _keys.Length;

    private int IndexOf(string key)
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            if (string.Equals(_keys[i], key, StringComparison.Ordinal))
            {
                return i;
            }
        }
        return -1;
    }
}
