using System.Collections.Immutable;
using Automation.Core.Workspaces;

namespace Automation.Core.Journeys.Linting;

/// <summary>
/// Checks what documents mean: one by one, and against one another. Documents that the readers accept have a sound shape; this
/// is about steps that lead nowhere, fields nobody has, templates that do not parse.
/// </summary>
public static class Lint
{
    /// <summary>The whole workspace: settings, then segments, templates and journeys in their order.</summary>
    public static ImmutableArray<Finding> Check(Workspace workspace, LintContext context)
    {
        var findings = new FindingList { Document = context.Name(DocumentKind.Settings, 0, workspace) };
        SettingsLint.Check(workspace.Settings, context, findings);
        Each(workspace.Segments, DocumentKind.Segment, segment => segment.Key, segment => SegmentLint.Check(segment, workspace, context, findings));
        Each(workspace.Templates, DocumentKind.Template, template => template.Key, template => TemplateLint.Check(template, context, findings));
        Each(workspace.Journeys, DocumentKind.Journey, journey => journey.Key, journey => JourneyLint.Check(journey, workspace, context, findings));
        return findings.ToImmutable();

        void Each<T>(ImmutableArray<T> documents, DocumentKind kind, Func<T, string> keyOf, Action<T> check)
        {
            var firsts = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < documents.Length; i++)
            {
                var name = context.Name(kind, i, workspace);
                findings.Document = name;
                if (!firsts.TryAdd(keyOf(documents[i]), name))
                {
                    findings.Add(LintCodes.DuplicateKey, "/key",
                        $"Expected a key of its own, but {firsts[keyOf(documents[i])]} has the key \"{keyOf(documents[i])}\" too.");
                }
                check(documents[i]);
            }
        }
    }

    /// <summary>One journey, as when a draft is saved; the workspace gives what it may name.</summary>
    public static ImmutableArray<Finding> Check(Journey journey, Workspace workspace, LintContext context)
    {
        var findings = new FindingList();
        JourneyLint.Check(journey, workspace, context, findings);
        return findings.ToImmutable();
    }

    /// <summary>One template, as when a draft is saved.</summary>
    public static ImmutableArray<Finding> Check(MessageTemplate template, LintContext context)
    {
        var findings = new FindingList();
        TemplateLint.Check(template, context, findings);
        return findings.ToImmutable();
    }

    /// <summary>One segment, as when it is saved.</summary>
    public static ImmutableArray<Finding> Check(Segment segment, Workspace workspace, LintContext context)
    {
        var findings = new FindingList();
        SegmentLint.Check(segment, workspace, context, findings);
        return findings.ToImmutable();
    }

    /// <summary>The settings, as when they are saved.</summary>
    public static ImmutableArray<Finding> Check(WorkspaceSettings settings, LintContext context)
    {
        var findings = new FindingList();
        SettingsLint.Check(settings, context, findings);
        return findings.ToImmutable();
    }
}
