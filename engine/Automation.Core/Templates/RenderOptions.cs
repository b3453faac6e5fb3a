using System.Globalization;

using NodaTime;

namespace Automation.Core.Templates;

/// <summary>
/// What a render may know and how far it may go. A default value is safe: the invariant culture, the usual limits,
/// no includes. Numbers that are zero or null mean "the usual", so that <c>default(RenderOptions)</c> works too.
/// </summary>
public readonly record struct RenderOptions
{
    public RenderOptions()
    {
    }

    /// <summary>The moment <c>date.now</c> answers. The engine passes the time of the decision, so a replay renders the same text.</summary>
    public Instant Now { get; init; }

    /// <summary>The culture numbers and dates are printed in; null is the invariant culture.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>Finds a template for <c>include</c> by name, and answers null when there is none; null refuses every include.</summary>
    public Func<string, TemplateParse?>? Includes { get; init; }

    /// <summary>What <c>math.random</c> and <c>math.uuid</c> derive from; null makes them a runtime error.</summary>
    public ulong? Seed { get; init; }

    public TemplateLimits? Limits { get; init; }

    public TemplateStrictness? Strictness { get; init; }
}
