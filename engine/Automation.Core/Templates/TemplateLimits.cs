namespace Automation.Core.Templates;

/// <summary>The bounds of one render. Core has no clock, so work is counted in steps instead of milliseconds.</summary>
public sealed record TemplateLimits
{
    public static readonly TemplateLimits Default = new();

    /// <summary>Iterations of one nest of loops together; zero lifts this bound, though <see cref="Steps"/> still holds.</summary>
    public int Loop { get; init; } = 1000;

    /// <summary>How deep functions and includes may call each other.</summary>
    public int Recursion { get; init; } = 100;

    /// <summary>How deep a printed or serialised value may nest.</summary>
    public int ObjectRecursion { get; init; } = 20;

    /// <summary>The longest text a render may produce, in characters: longer output is cut and ends in "...". Zero means 1 048 576.</summary>
    public int Text { get; init; } = 1_048_576;

    /// <summary>Everything a render does costs steps: a statement, a call, an element handled, 64 characters copied.</summary>
    public int Steps { get; init; } = 4_000_000;
}
