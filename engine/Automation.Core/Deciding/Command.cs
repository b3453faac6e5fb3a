using System.Collections.Immutable;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>What a person (or another system in their name) asks for. <paramref name="Actor"/> stands in every fact it causes.</summary>
public abstract record Command(string Actor) : Stimulus
{
    /// <summary>Enrol the contact by hand. Entry rules hold; the trigger is not asked.</summary>
    public sealed record Enroll(string Actor, string Journey, PropertyBag Properties) : Command(Actor);

    /// <summary>End enrollments of a journey (one, or all when <paramref name="Ordinal"/> is null).</summary>
    public sealed record EndEnrollment(string Actor, string Journey, int? Ordinal, string Reason) : Command(Actor);

    /// <summary>Enter a stuck step again.</summary>
    public sealed record RetryStep(string Actor, string Journey, int Ordinal) : Command(Actor);

    /// <summary>Leave a stuck or waiting step by its <c>next</c>, as if it were done.</summary>
    public sealed record SkipStep(string Actor, string Journey, int Ordinal) : Command(Actor);

    /// <summary>The publisher's choice for people on the way: move them to a version (same step id) or end their enrollment.</summary>
    public sealed record ChangeVersion(string Actor, string Journey, int ToVersion, InFlightChoice Choice) : Command(Actor);

    /// <summary>The journey goes on: held enrollments continue at <paramref name="ReleaseAt"/>; standing clocks get back the time of the pause.</summary>
    public sealed record Release(string Actor, string Journey, Instant PausedAt, bool TimeStoodStill, Instant ReleaseAt) : Command(Actor);

    /// <summary>Send a message that failed for good once more: with the content it had, to the address of now, after the gates of now.</summary>
    /// <param name="Failed">Its id; each is replayed once, however often it is asked.</param>
    /// <param name="Why">What the person wrote.</param>
    public sealed record ReplayMessage(
        string Actor, Guid Failed, string Journey, int Version, int Ordinal, string Step, string Channel, string Account, string Template,
        bool IsCall, string AddressType, PropertyBag Content, string Why) : Command(Actor);

    public sealed record ChangeTags(string Actor, ImmutableArray<string> Add, ImmutableArray<string> Remove) : Command(Actor);

    public sealed record ChangeLists(string Actor, ImmutableArray<string> Add, ImmutableArray<string> Remove) : Command(Actor);

    /// <param name="GivenAt">When it was given; now where it is left out.</param>
    public sealed record ChangeConsent(
        string Actor, string Channel, bool Granted, string Source, Instant? GivenAt = null, PropertyBag? Evidence = null) : Command(Actor);

    /// <summary>Erase the person. It ends everything that is under way and cannot be taken back.</summary>
    public sealed record Erase(string Actor, string Why) : Command(Actor);

    /// <summary>Notes that the actor saw personal data in clear. It comes before what is shown.</summary>
    public sealed record NoteSight(string Actor, string Where) : Command(Actor);

    /// <summary>Notes that everything about the contact was handed out.</summary>
    public sealed record NoteExport(string Actor, string Where) : Command(Actor);

    /// <summary>Adds to a quota, or takes from it; the balance stops at 0.</summary>
    public sealed record ChangeQuota(string Actor, string Quota, long Amount) : Command(Actor);
}

/// <summary>What publishing a new version does with enrollments of older ones.</summary>
public enum InFlightChoice
{
    /// <summary>They finish on their version.</summary>
    Stay,

    /// <summary>They go on at the step of the same id; where it is gone they stay.</summary>
    Move,

    /// <summary>Their enrollment ends.</summary>
    Exit,
}
