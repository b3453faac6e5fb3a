using System.Collections.Immutable;

namespace Automation.Core.Deciding;

/// <summary>Every reason code a fact may carry. Stable: they stand in ledgers, reports, alerts and translations.</summary>
public static class Reasons
{
    /// <summary>All of them, for lists people choose from and for telling a slip of the pen.</summary>
    public static ImmutableArray<string> All { get; } =
        [.. typeof(Reasons).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    /// <summary>Of a message that failed for good and that a person may have sent once more. What was taken back for another way is not among them.</summary>
    public static ImmutableArray<string> Replayable { get; } =
    [
        RetryLater, FixConfiguration, BadAddress, QuotaGone, ContentRefused, AttemptsExhausted, NoConsent, FrequencyCap, QuietHours,
    ];

    // Not entering a journey.
    public const string TriggerNotMatched = "trigger_not_matched";
    public const string AudienceNotMatched = "audience_not_matched";
    public const string AlreadyEnrolled = "already_enrolled";
    public const string EnteredBefore = "entered_before";
    public const string TooLate = "too_late";
    public const string HeldOut = "held_out";
    public const string JourneyPaused = "journey_paused";
    public const string ExistingNotCounted = "existing_not_counted";
    public const string TooManyEnrollments = "too_many_enrollments";

    // Not sending a message.
    public const string NoAddress = "no_address";
    public const string NoConsent = "no_consent";
    public const string NoQuota = "no_quota";
    public const string FrequencyCap = "frequency_cap";
    public const string QuietHours = "quiet_hours";
    public const string RenderFailed = "render_failed";
    public const string TooLarge = "too_large";

    // A message that failed; the connectors' canonical reasons.
    public const string RetryLater = "retry_later";
    public const string FixConfiguration = "fix_configuration";
    public const string BadAddress = "bad_address";
    public const string QuotaGone = "quota_gone";
    public const string ContentRefused = "content_refused";
    public const string UnknownOutcome = "unknown_outcome";
    public const string AttemptsExhausted = "attempts_exhausted";
    public const string Superseded = "superseded";
    public const string NoAccount = "no_account";
    public const string TimedOut = "timed_out";
    public const string HoldReleased = "hold_released";

    // An enrollment that ended early or waits for a person.
    public const string ExitRule = "exit_rule";
    public const string ExitStep = "exit_step";
    public const string StepFailed = "step_failed";
    public const string StepGone = "step_gone";
    public const string VersionExited = "version_exited";
    public const string StepLimit = "step_limit";
    public const string InvariantBroken = "invariant_broken";
    public const string Merged = "merged";

    // A stimulus that does not apply.
    public const string UnknownMessage = "unknown_message";
    public const string MessageSettled = "message_settled";
    public const string UnknownJourney = "unknown_journey";
    public const string UnknownEnrollment = "unknown_enrollment";
    public const string AlreadyReplayed = "already_replayed";
    public const string NotStuck = "not_stuck";
    public const string NothingDue = "nothing_due";
    public const string NothingToChange = "nothing_to_change";
    public const string ContactMerged = "contact_merged";

    /// <summary>The person was erased.</summary>
    public const string Erased = "erased";
    public const string DeadlineChanged = "deadline_changed";
    public const string EmitDepth = "emit_depth";
    public const string IdentityTaken = "identity_taken";
    public const string ClockAhead = "clock_ahead";
}
