using System.Collections.Immutable;
using Automation.Core.Rules;
using NodaTime;

namespace Automation.Core.Journeys;

/// <summary>What makes a journey look at a contact. Closed family: <c>on</c> in the document names the case.</summary>
public abstract record Trigger
{
    private Trigger()
    {
    }

    /// <summary>The contact did something. <paramref name="Occurrence"/> 1 is the first time ever, 2 the second.</summary>
    public sealed record OnEvent(string Event, RuleGroup Where, int? Occurrence) : Trigger;

    /// <summary>No activity for a time. Base line: the last of the named events (any behaviour when none is named), or first seen.</summary>
    public sealed record OnDormant(Duration For, ImmutableArray<string> Activity) : Trigger;

    /// <summary>Did one thing, and not the other within a time: the abandoned cart.</summary>
    public sealed record OnNotDone(EventPattern Did, EventPattern ButNot, Duration Within) : Trigger;

    public sealed record OnTag(string Tag, TagChange Change) : Trigger;

    public sealed record OnSegment(string Segment, SegmentChange Change) : Trigger;

    /// <summary>A date attribute, shifted, at a time of day in the contact's zone; <paramref name="Yearly"/> for birthdays.</summary>
    public sealed record OnDate(string Attribute, Duration Offset, LocalTime At, bool Yearly) : Trigger;

    /// <summary>A calendar: five cron fields (minute hour day-of-month month day-of-week) in the workspace's zone.</summary>
    public sealed record OnSchedule(string Cron) : Trigger;

    /// <summary>An inbound message says one of the words.</summary>
    /// <param name="Channel">Only messages of this channel; null for any.</param>
    public sealed record OnKeyword(ImmutableArray<string> Keywords, KeywordMatch Match, string? Channel) : Trigger;

    /// <summary>Only by hand: API, operator, import, another system.</summary>
    public sealed record OnManual : Trigger;
}

public sealed record EventPattern(string Event, RuleGroup Where);

public enum TagChange
{
    Added,
    Removed,
}

public enum SegmentChange
{
    Entered,
    Left,
}

/// <summary>How a keyword is looked for; white space at the ends and letter case never matter.</summary>
public enum KeywordMatch
{
    /// <summary>The whole message is the word.</summary>
    Equals,

    Contains,

    StartsWith,
}
