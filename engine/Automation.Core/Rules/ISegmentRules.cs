using System.Collections.Immutable;

namespace Automation.Core.Rules;

/// <summary>The workspace's segments, for rules that ask <c>segments contains …</c>.</summary>
public interface ISegmentRules
{
    /// <summary>Keys of all segments, lists included, sorted.</summary>
    ImmutableArray<string> Keys { get; }

    /// <summary>The segment's rule; null for an imported list and for an unknown key. Then the contact's lists answer.</summary>
    CompiledRule? Find(string key);
}
