using Automation.Core.Workspaces;

namespace Automation.Core.Journeys.Linting;

/// <summary>Whether a segment's rule is sound, and does not ask for the segment itself on any way.</summary>
internal static class SegmentLint
{
    private static readonly RuleScope Scope = new(HasEvent: false, Steps: null);

    public static void Check(Segment segment, Workspace workspace, LintContext context, FindingList findings)
    {
        new RuleLint(workspace, context, findings).Check(segment.Rule, "/rule", Scope);
        foreach (var (rule, pointer) in RuleLint.Comparisons(segment.Rule, "/rule"))
        {
            if (RuleLint.SegmentsIn(rule).Select(key => Way(key, segment, workspace)).FirstOrDefault(way => way is not null) is { } way)
            {
                findings.Add(LintCodes.SegmentCycle, $"{pointer}/value", $"Expected segments that end somewhere, but {segment.Key} → {way} goes in a circle.");
            }
        }
    }

    /// <summary>The way from one segment to another, "b → c → a"; null when there is none.</summary>
    private static string? Way(string from, Segment to, Workspace workspace)
    {
        var origins = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var queue = new Queue<string>([from]);
        while (queue.TryDequeue(out var key))
        {
            if (key == to.Key)
            {
                return Told(key, origins);
            }
            var segment = key == to.Key ? to : workspace.Segments.FirstOrDefault(candidate => candidate.Key == key);
            foreach (var asked in segment is null ? [] : RuleLint.Comparisons(segment.Rule, "").SelectMany(rule => RuleLint.SegmentsIn(rule.Rule)))
            {
                if (origins.TryAdd(asked, key))
                {
                    queue.Enqueue(asked);
                }
            }
        }
        return null;
    }

    private static string Told(string last, Dictionary<string, string?> origins)
    {
        var way = new List<string>();
        for (var key = last; key is not null; key = origins[key])
        {
            way.Insert(0, key);
        }
        return string.Join(" → ", way);
    }
}
