using Automation.Core.Contacts;
using Automation.Core.Steps;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>
/// A paused journey goes on. What was held continues at its place in the catch-up spread; where time stood still, every wait
/// gets back the part of the pause it lived through.
/// </summary>
internal static class PauseRelease
{
    public static void Apply(Turn turn, Command.Release release)
    {
        foreach (var enrollment in turn.Contact.Enrollments)
        {
            if (enrollment.Journey == release.Journey && WakeAt(turn, enrollment, release) is var wake && wake != enrollment.WakeAt | enrollment.HeldSince is not null)
            {
                var here = Place.Of(enrollment);
                turn.Record(new StepFact.Released(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, wake));
            }
        }
    }

    private static Instant? WakeAt(Turn turn, Enrollment enrollment, Command.Release release)
    {
        if (enrollment.HeldSince is not null && enrollment.WakeAt is null)
        {
            return release.ReleaseAt; // Held before a step: it enters it in its turn.
        }
        if (release.TimeStoodStill && enrollment.WakeAt is { } wake && IsClock(enrollment))
        {
            return wake + (turn.Now - Instant.Max(release.PausedAt, enrollment.Since));
        }
        return enrollment.HeldSince is not null ? release.ReleaseAt : enrollment.WakeAt;
    }

    /// <summary>Waits are the marketer's clock; a message's answer and quiet hours follow the world's.</summary>
    private static bool IsClock(Enrollment enrollment) =>
        enrollment.Status is EnrollmentStatus.Waiting or EnrollmentStatus.WaitingForEvent;
}
