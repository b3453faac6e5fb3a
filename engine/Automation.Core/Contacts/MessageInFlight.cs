using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>Where a message stands between the decision to send it and its last word.</summary>
public enum MessageStatus
{
    /// <summary>Handed to the outbox.</summary>
    Queued,

    /// <summary>The vendor refused for now; goes out again at <see cref="MessageInFlight.DueAt"/>.</summary>
    RetryScheduled,

    /// <summary>The vendor took it; a receipt may follow until <see cref="MessageInFlight.DueAt"/>.</summary>
    Sent,

    /// <summary>The process died between the call and its record, or the vendor did not answer: nobody knows.</summary>
    Unknown,
}

/// <summary>A message or call whose last word is not in, as part of its contact.</summary>
/// <param name="Id">Stable: hash of enrollment, step, visit and chain link.</param>
/// <param name="Enrollment">Ordinal of the enrollment that sent it; it may have ended.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Quota">Quota it holds one unit of, or null.</param>
public sealed record MessageInFlight(
    Guid Id,
    int Enrollment,
    string Journey,
    int Version,
    string Step,
    int Visit,
    int ChainIndex,
    string Channel,
    string Account,
    string Template,
    bool IsCall,
    int Attempt,
    MessageStatus Status,
    Instant QueuedAt,
    Instant? DueAt,
    string? Quota);
