using Automation.Core.Primitives;

namespace Automation.Core.Rules;

/// <summary>How values that a rule looked at are written down: bounded, because facts are kept for ever.</summary>
internal static class TracedValue
{
    public const int TextMax = 256;
    public const int ItemsMax = 32;

    public static object? Of(in RuleValue found) => Bounded(found.ToProperty());

    private static object? Bounded(object? value) => value switch
    {
        string { Length: > TextMax } text => string.Concat(text.AsSpan(0, TextMax), "…"),
        IReadOnlyList<object?> list => list.Take(ItemsMax).Select(item => item is IReadOnlyList<object?> ? "[…]" : Bounded(item)).ToList(),
        PropertyBag => "{…}",
        _ => value,
    };
}
