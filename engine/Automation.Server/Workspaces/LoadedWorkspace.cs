using System.Collections.Immutable;
using Automation.Core.Journeys.Linting;
using Automation.Core.Workspaces;

namespace Automation.Server.Workspaces;

/// <summary>A workspace directory as it was read, with everything that is wrong with its files.</summary>
public sealed class LoadedWorkspace
{
    private readonly Workspace _partial;
    private readonly Func<DocumentKind, int, string> _nameOf;
    private readonly IReadOnlyDictionary<string, Lazy<SourceLines>> _lines;
    private readonly bool _referencesAreKnown;

    internal LoadedWorkspace(
        Workspace partial,
        ImmutableArray<Finding> findings,
        Func<DocumentKind, int, string> nameOf,
        IReadOnlyDictionary<string, Lazy<SourceLines>> lines,
        bool referencesAreKnown)
    {
        (_partial, _nameOf, _lines, _referencesAreKnown) = (partial, nameOf, lines, referencesAreKnown);
        Findings = Placed(findings);
    }

    /// <summary>The documents; null when reading gave an error, because half a workspace would do half of what was meant.</summary>
    public Workspace? Workspace => Findings.Any(finding => finding.Severity == Severity.Error) ? null : _partial;

    /// <summary>What reading found. Each has its file, and the line where there is one.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Everything: what reading found, and what checking finds in as much as could be read.</summary>
    public ImmutableArray<Finding> Lint(LintContext context)
    {
        var known = context with { NameOf = _nameOf, ReferencesAreKnown = context.ReferencesAreKnown && _referencesAreKnown };
        return [.. Findings.Concat(Placed(Core.Journeys.Linting.Lint.Check(_partial, known))).OrderBy(finding => finding.Document, StringComparer.Ordinal)];
    }

    private ImmutableArray<Finding> Placed(ImmutableArray<Finding> findings) =>
        [.. findings.Select(finding => finding with { Line = finding.Line ?? LineOf(finding) })];

    private int? LineOf(Finding finding) =>
        finding.Document is { } file && _lines.TryGetValue(file, out var lines) ? lines.Value.Find(finding.Pointer) : null;
}
