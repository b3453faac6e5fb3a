using Automation.Core.Deciding;
using NodaTime;

namespace Automation.Runtime.Sweeps;

/// <summary>What a sweep asks of each contact it comes to.</summary>
public enum SweepKind
{
    /// <summary>Every contact: a journey with a deadline or segment trigger looks at those who were there before.</summary>
    Published,

    /// <summary>Enrolled contacts: move to the new version, or out.</summary>
    VersionChanged,

    /// <summary>Enrolled contacts: the paused journey goes on.</summary>
    Released,

    /// <summary>Every contact: the journey's calendar fired.</summary>
    ScheduleFired,

    /// <summary>Every contact: a segment that some journey watches is defined anew.</summary>
    SegmentSaved,
}

/// <summary>A walk over contacts in id order, and how far it has come. It is stored, so that a crash repeats one page at most.</summary>
/// <param name="Journey">Its key; empty for <see cref="SweepKind.SegmentSaved"/>.</param>
/// <param name="Version">Of the journey, or of the segment.</param>
/// <param name="At">When it was ordered.</param>
/// <param name="Actor">Who ordered it; stands in the facts of commands.</param>
public sealed record SweepPlan(SweepKind Kind, string Journey, int Version, Instant At, string Actor)
{
    /// <summary>For <see cref="SweepKind.SegmentSaved"/>: its key.</summary>
    public string? Segment { get; init; }

    /// <summary>For <see cref="SweepKind.Published"/>.</summary>
    public bool CountExisting { get; init; }

    /// <summary>For <see cref="SweepKind.VersionChanged"/>.</summary>
    public InFlightChoice InFlight { get; init; }

    /// <summary>For <see cref="SweepKind.Released"/>: since when the journey was paused.</summary>
    public Instant PausedAt { get; init; }

    /// <summary>For <see cref="SweepKind.Released"/>.</summary>
    public bool TimeStoodStill { get; init; }

    /// <summary>For <see cref="SweepKind.Released"/>: over which time the held contacts are let go.</summary>
    public Duration Spread { get; init; }

    /// <summary>For <see cref="SweepKind.Released"/>: how many are held, as it began.</summary>
    public long Held { get; init; }

    /// <summary>The last contact that was asked.</summary>
    public long Position { get; init; }

    /// <summary>How many were asked so far.</summary>
    public long Asked { get; init; }

    /// <summary>How many there are to ask, as it began; an estimate.</summary>
    public long Total { get; init; }
}
