using System.Collections.Immutable;
using Automation.Core.Journeys.Linting;

namespace Automation.Core.Journeys.Documents;

/// <summary>What came of reading a document.</summary>
/// <param name="Value">The document; null when there is an error among the findings.</param>
public sealed record Reading<T>(T? Value, ImmutableArray<Finding> Findings)
    where T : class
{
    /// <summary>
    /// As much as could be understood in spite of errors, so that lint can tell everything at once instead of
    /// one layer after the other. Never to be published. Null where the shape itself is broken.
    /// </summary>
    public T? Partial { get; init; }

    internal static Reading<T> Of(T? value, FindingList findings) => new(findings.HasErrors ? null : value, findings.ToImmutable())
    {
        Partial = findings.ShapeIsBroken ? null : value,
    };
}
