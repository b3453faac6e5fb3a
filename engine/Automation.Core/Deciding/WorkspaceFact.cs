using System.Collections.Immutable;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>Facts about definitions rather than contacts: what people changed. They stand in the ledger under contact 0.</summary>
public abstract partial record WorkspaceFact : Fact
{
    private WorkspaceFact()
    {
    }

    /// <param name="Kind"><c>journey</c>, <c>template</c>, <c>segment</c>, <c>settings</c>, <c>account</c>.</param>
    public sealed record DefinitionSaved(string Kind, string Key, int Version) : WorkspaceFact;

    public sealed record DefinitionDeleted(string Kind, string Key) : WorkspaceFact;

    /// <param name="AskedBy">Who asked for the approval that it stands on; null where it stands on none.</param>
    /// <param name="ApprovedBy">Who gave it.</param>
    public sealed record JourneyPublished(
        string Journey, int Version, InFlightChoice InFlight, bool CountExisting, string? AskedBy = null, string? ApprovedBy = null) : WorkspaceFact;

    public sealed record JourneyWasPaused(string Journey, PauseTime Time) : WorkspaceFact;

    public sealed record JourneyResumed(string Journey, Duration Spread, long Held) : WorkspaceFact;

    public sealed record JourneyArchived(string Journey) : WorkspaceFact;

    /// <summary>A calendar journey's schedule fired and <paramref name="Contacts"/> contacts were asked.</summary>
    public sealed record ScheduleSwept(string Journey, int Version, Instant FiredAt, long Contacts) : WorkspaceFact;

    /// <summary>A person had messages held back; <see cref="Fact.Reason"/> says why.</summary>
    /// <param name="Scope"><c>everything</c>, <c>channel</c>, <c>account</c>, <c>template</c> or <c>journey</c>.</param>
    /// <param name="Key">Of what; empty for everything.</param>
    /// <param name="Waiting">How many waited to be sent when it began.</param>
    public sealed record MessagesHeld(string Scope, string Key, long Waiting) : WorkspaceFact;

    /// <summary>A person let them go.</summary>
    /// <param name="HeldSince">When the hold began.</param>
    /// <param name="Waiting">How many had waited.</param>
    public sealed record MessagesReleased(string Scope, string Key, Instant HeldSince, long Waiting) : WorkspaceFact;

    /// <param name="Scopes">What of its role's rights it has; empty for all of them.</param>
    public sealed record KeyCreated(string KeyId, string Role, ImmutableArray<string> Scopes, Instant? ExpiresAt) : WorkspaceFact;

    public sealed record KeyRevoked(string KeyId) : WorkspaceFact;

    /// <summary>A person began something with many at once, of which they had seen a preview; <see cref="Fact.Reason"/> is what they wrote.</summary>
    /// <param name="Action"><c>replay_failed</c> or <c>exit_people</c>.</param>
    /// <param name="Id">Names it, from its preview to its end.</param>
    /// <param name="Target">What it is about, in the words of the command line.</param>
    /// <param name="Before">How many it was about as it began.</param>
    public sealed record BulkActionStarted(string Action, string Id, string Target, long Before) : WorkspaceFact;

    /// <summary>It came to its end; or it was one that ends at once, as settling outcomes or discarding dead letters.</summary>
    /// <param name="Asked">How many were asked.</param>
    /// <param name="After">How many it would still be about.</param>
    public sealed record BulkActionEnded(string Action, string Id, string Target, long Before, long Asked, long After) : WorkspaceFact;

    public sealed record Imported(string What, long Rows, long Rejected) : WorkspaceFact;

    /// <summary>
    /// Events that were refused at the door, those of one request and one reason together. <paramref name="Pointer"/> and
    /// <paramref name="Text"/> are the first one's; <paramref name="MessageIds"/> are the first few that could be read.
    /// </summary>
    public sealed record EventsRejected(long Count, string Pointer, string Text, ImmutableArray<string> MessageIds) : WorkspaceFact;
}

/// <summary>What time does while a journey is paused.</summary>
public enum PauseTime
{
    /// <summary>Waits run on; what comes due is held.</summary>
    KeepsCounting,

    /// <summary>Waits get back the time of the pause.</summary>
    StandsStill,
}
