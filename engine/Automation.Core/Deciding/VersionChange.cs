using Automation.Core.Contacts;
using Automation.Core.Steps;

namespace Automation.Core.Deciding;

/// <summary>The publisher's choice for people on the way. Waits keep their moment: nobody is made to wait anew, or sent to at once.</summary>
internal static class VersionChange
{
    public static void Apply(Turn turn, Command.ChangeVersion change)
    {
        foreach (var enrollment in turn.Contact.Enrollments)
        {
            if (enrollment.Journey != change.Journey || enrollment.Version == change.ToVersion)
            {
                continue;
            }
            switch (change.Choice)
            {
                case InFlightChoice.Stay:
                    break;
                case InFlightChoice.Exit:
                    Walk.Exit(turn, enrollment, Reasons.VersionExited);
                    break;
                case InFlightChoice.Move:
                    Move(turn, enrollment, change);
                    break;
                default:
                    throw new InvalidOperationException($"Expected a known choice, but got {change.Choice}.");
            }
        }
    }

    private static void Move(Turn turn, Enrollment enrollment, Command.ChangeVersion change)
    {
        var here = Place.Of(enrollment);
        if (turn.Journeys.Find(change.Journey, change.ToVersion)?.FindStep(enrollment.Step) is null)
        {
            turn.Reject("change_version", Reasons.StepGone,
                $"Expected step '{enrollment.Step}' in version {change.ToVersion}, but it is gone; enrollment {enrollment.Ordinal} stays on version {enrollment.Version}.");
            return;
        }
        turn.Record(new StepFact.Moved(here.Journey, change.ToVersion, here.Ordinal, here.Step, here.Visit, enrollment.Version));
    }
}
