using System.Collections.Frozen;
using System.Collections.Immutable;
using Automation.Core.Workspaces;

namespace Automation.Core.Rules;

/// <summary>
/// Segments of one workspace, each compiled once. A segment that asks, over whatever way, for itself has no answer:
/// lint forbids it, and here nobody is in it.
/// </summary>
public sealed class SegmentRules : ISegmentRules
{
    public static readonly SegmentRules None = new([]);

    private readonly FrozenDictionary<string, CompiledRule> _rules;

    private SegmentRules(ImmutableArray<Segment> segments)
    {
        Keys = [.. segments.Select(segment => segment.Key).Distinct().Order(StringComparer.Ordinal)];
        // Of two segments with one key, which lint reports, the first counts.
        var compiled = segments
            .DistinctBy(segment => segment.Key)
            .Where(segment => !segment.List)
            .ToDictionary(segment => segment.Key, segment => RuleCompiler.Compile(segment.Rule), StringComparer.Ordinal);
        _rules = compiled.ToFrozenDictionary(
            pair => pair.Key,
            pair => AsksForItself(pair.Key, compiled) ? CompiledRule.Nobody : pair.Value,
            StringComparer.Ordinal);
    }

    public ImmutableArray<string> Keys { get; }

    /// <summary>Whether a change of one segment may change who is in the other: they are the same, or it asks for it, over whatever way.</summary>
    public bool Depends(string key, string on)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { key };
        var open = new Stack<string>([key]);
        while (open.TryPop(out var next))
        {
            if (next == on || _rules.GetValueOrDefault(next) is { AsksForAllSegments: true })
            {
                return true;
            }
            foreach (var asked in _rules.GetValueOrDefault(next)?.SegmentKeys ?? [])
            {
                if (seen.Add(asked))
                {
                    open.Push(asked);
                }
            }
        }
        return false;
    }

    public static SegmentRules Compile(ImmutableArray<Segment> segments) => segments.IsEmpty ? None : new(segments);

    public CompiledRule? Find(string key) => _rules.GetValueOrDefault(key);

    private static bool AsksForItself(string key, Dictionary<string, CompiledRule> compiled)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([key]);
        while (open.TryPop(out var next))
        {
            if (!compiled.TryGetValue(next, out var rule))
            {
                continue;
            }
            if (rule.AsksForAllSegments || rule.SegmentKeys.Contains(key))
            {
                return true;
            }
            foreach (var asked in rule.SegmentKeys.Where(seen.Add))
            {
                open.Push(asked);
            }
        }
        return false;
    }
}
