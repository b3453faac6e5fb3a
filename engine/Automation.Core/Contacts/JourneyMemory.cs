using System.Collections.Immutable;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>What entry rules and recurring triggers need to know of the past: one per journey and contact.</summary>
/// <param name="Enrolled">How often the contact entered.</param>
/// <param name="LastEnrolledAt">When last, or null where a trigger fired and the entry was refused.</param>
/// <param name="Keys">Keys of <c>per</c> entries, newest last, at most <see cref="KeysMax"/>.</param>
/// <param name="FiredFor">The base time (last activity, birthday) a deadline trigger last fired for: it fires once for each.</param>
public sealed record JourneyMemory(
    string Journey,
    int Enrolled,
    Instant? LastEnrolledAt,
    ImmutableArray<string> Keys,
    Instant? FiredFor)
{
    /// <summary>How many keys are remembered; the oldest is forgotten first.</summary>
    public const int KeysMax = 500;
}

/// <summary>A conversion that is waited for until <paramref name="Until"/>, inclusive.</summary>
public sealed record GoalWatch(string Journey, int Version, int Ordinal, Instant EnrolledAt, Instant? Until, string? EventId);

/// <summary>A <c>not_done</c> trigger whose first half happened: it fires at <paramref name="Due"/> unless the second half comes.</summary>
public sealed record ArmedTrigger(string Journey, int Version, Instant Due, Instant Since, string EventName, string EventId, Primitives.PropertyBag Event);
