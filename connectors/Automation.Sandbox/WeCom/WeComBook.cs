using System.Collections.Concurrent;

namespace Automation.Sandbox.WeCom;

/// <summary>A customer and the members who have them.</summary>
public sealed record Customer(string Id, string Name, string? UnionId)
{
    /// <summary>By member: the tags that the member gave.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> Members { get; } = new(StringComparer.Ordinal);
}

/// <summary>A group of customers.</summary>
public sealed record CustomerGroup(string Id, string Name, string Owner)
{
    /// <summary>Customers, and when they joined.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Customers { get; } = new(StringComparer.Ordinal);
}

/// <summary>Who is there: members, customers, groups.</summary>
public sealed class WeComBook
{
    /// <summary>Members who may have customers. There is one from the beginning.</summary>
    public ConcurrentDictionary<string, byte> Members { get; } = new(StringComparer.Ordinal) { ["zhangsan"] = 0 };

    /// <summary>By external user id.</summary>
    public ConcurrentDictionary<string, Customer> Customers { get; } = new(StringComparer.Ordinal);

    /// <summary>By chat id.</summary>
    public ConcurrentDictionary<string, CustomerGroup> Groups { get; } = new(StringComparer.Ordinal);

    internal static string[] Page(IEnumerable<string> all, string? cursor, int size, out string next)
    {
        var left = all.Order(StringComparer.Ordinal).SkipWhile(one => cursor is { Length: > 0 } && string.CompareOrdinal(one, cursor) <= 0).Take(size + 1).ToArray();
        next = left.Length > size ? left[size - 1] : "";
        return left.Length > size ? left[..size] : left;
    }
}
