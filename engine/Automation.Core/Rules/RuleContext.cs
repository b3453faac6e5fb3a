using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Rules;

/// <summary>Everything a rule may look at. Passed by reference: one of them serves all rules of a stimulus.</summary>
/// <param name="Contact">With the event at hand already in its histories: counts and sums include it.</param>
/// <param name="Event">Properties of the event at hand; null where there is none, then the enrollment's event answers.</param>
/// <param name="Zone">The contact's zone (attribute <c>time_zone</c>, else the workspace's): where its dates begin.</param>
public readonly record struct RuleContext(
    Contact Contact,
    PropertyBag? Event,
    string? EventName,
    Enrollment? Enrollment,
    Instant Now,
    DateTimeZone Zone,
    ISegmentRules Segments)
{
    /// <summary>How many segments may look at one another in a row. Lint forbids circles; at run time they end here, unmatched.</summary>
    public const int SegmentDepthMax = 16;

    internal int SegmentDepth { get; init; }

    /// <summary>The view of a segment's rule: the contact alone, so that membership does not depend on who asks.</summary>
    internal RuleContext OfSegment() =>
        this with { Event = null, EventName = null, Enrollment = null, SegmentDepth = SegmentDepth + 1 };
}
