using System.Collections.Immutable;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>What an enrollment is doing at its step.</summary>
public enum EnrollmentStatus
{
    /// <summary>A wait, until <see cref="Enrollment.WakeAt"/>.</summary>
    Waiting,

    /// <summary>A wait_for: an event, or <see cref="Enrollment.WakeAt"/>.</summary>
    WaitingForEvent,

    /// <summary>Will enter its step (again) at <see cref="Enrollment.WakeAt"/>: quiet hours, or a pause with its catch-up spread, put it off.</summary>
    Postponed,

    /// <summary>A send or call is out; its outcome moves the enrollment on. <see cref="Enrollment.WakeAt"/> is a fallback's or a receipt's time-out.</summary>
    AwaitingOutcome,

    /// <summary>Waits for a person: <see cref="Enrollment.StuckReason"/> says why.</summary>
    Stuck,
}

/// <summary>What one finished step left for later ones: <c>steps.&lt;id&gt;.*</c> in rules and templates.</summary>
public readonly record struct StepResult(string Step, PropertyBag Values);

/// <summary>One contact's passage through one journey version.</summary>
/// <param name="Ordinal">Unique within the contact; <c>contact.ordinal</c> names the enrollment everywhere.</param>
/// <param name="Key">For <c>per</c> entries the value that keeps several enrollments apart, e.g. an order id.</param>
public sealed record Enrollment(int Ordinal, string Journey, int Version, string? Key, Instant EnrolledAt)
{
    /// <summary>Where the contact is.</summary>
    public string Step { get; init; } = "";

    public EnrollmentStatus Status { get; init; }

    /// <summary>When it came to this step.</summary>
    public Instant Since { get; init; }

    /// <summary>The next moment at which time alone moves it on; null where only an event, outcome or person can.</summary>
    public Instant? WakeAt { get; init; }

    /// <summary>How many steps it has entered; part of message ids, so that a loop's second round sends anew.</summary>
    public int Visit { get; init; }

    /// <summary>The event that enrolled the contact: <c>event.*</c> in later steps. Empty for triggers without one.</summary>
    public PropertyBag Event { get; init; } = PropertyBag.Empty;

    public string? EventName { get; init; }

    /// <summary>Message id of the event that enrolled the contact; it satisfies neither exit nor wait_for nor goal of this enrollment.</summary>
    public string? EventId { get; init; }

    public ImmutableArray<StepResult> Results { get; init; } = [];

    /// <summary>Drawn into a split's holdout: sends are decided but held back.</summary>
    public bool HeldOut { get; init; }

    /// <summary>Which link of the send's fallback chain is at work, 0 for the first choice.</summary>
    public int ChainIndex { get; init; }

    public string? StuckReason { get; init; }

    /// <summary>Its time came, or its next step, while the journey was paused; resuming releases it. Null when not held.</summary>
    public Instant? HeldSince { get; init; }

    /// <summary>The enrollment's name everywhere: <c>contact.ordinal</c>.</summary>
    public string Id(long contact) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{contact}.{Ordinal}");
}
