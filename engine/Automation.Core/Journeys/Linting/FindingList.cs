using System.Collections.Immutable;

namespace Automation.Core.Journeys.Linting;

/// <summary>Collects findings while a document is read or checked. Bounded, because a hostile document may be wrong everywhere.</summary>
internal sealed class FindingList
{
    public const int FindingsMax = 1_000;

    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();

    /// <summary>Stands in each finding as its <see cref="Finding.Document"/>.</summary>
    public string? Document { get; set; }

    public bool HasErrors { get; private set; }

    /// <summary>Whether a finding took away so much that checks of the whole document would mislead.</summary>
    public bool ShapeIsBroken { get; private set; }

    public void Add(LintCode code, string pointer, string message, int? line = null)
    {
        HasErrors |= code.Severity == Severity.Error;
        ShapeIsBroken |= code.BreaksShape;
        if (_findings.Count < FindingsMax)
        {
            _findings.Add(code.At(pointer, message) with { Document = Document, Line = line });
        }
    }

    public ImmutableArray<Finding> ToImmutable() => _findings.ToImmutable();
}
