using Automation.Core.Contacts;
using Automation.Core.Sending;
using Automation.Core.Steps;
using Automation.Core.Triggers;

namespace Automation.Core.Deciding;

/// <summary>What people ask for. A command that does not apply is a fact with its reason, like everything else.</summary>
internal static class Commands
{
    public static void Apply(Turn turn, Command command)
    {
        switch (command)
        {
            case Command.Enroll enroll:
                Enroll(turn, enroll);
                break;
            case Command.EndEnrollment end:
                End(turn, end);
                break;
            case Command.RetryStep retry:
                Unstick(turn, retry.Journey, retry.Ordinal, skip: false);
                break;
            case Command.SkipStep skip:
                Unstick(turn, skip.Journey, skip.Ordinal, skip: true);
                break;
            case Command.ChangeVersion change:
                VersionChange.Apply(turn, change);
                break;
            case Command.Release release:
                PauseRelease.Apply(turn, release);
                break;
            case Command.ReplayMessage replay:
                Replay.Apply(turn, replay);
                break;
            case Command.ChangeTags tags:
                turn.Record(new ContactFact.TagsChanged(tags.Add, tags.Remove));
                break;
            case Command.ChangeLists lists:
                turn.Record(new ContactFact.ListsChanged(lists.Add, lists.Remove));
                break;
            case Command.ChangeConsent consent:
                turn.Record(new ContactFact.ConsentChanged(consent.Channel, consent.Granted, consent.Source, consent.GivenAt, consent.Evidence));
                break;
            case Command.ChangeQuota quota:
                var balance = Math.Max(0, Quotas.Find(turn.Contact.Quotas, quota.Quota).Balance + quota.Amount);
                turn.Record(new ContactFact.QuotaChanged(quota.Quota, quota.Amount, balance));
                break;
            case Command.Erase erase:
                Erasure.Apply(turn, erase);
                break;
            case Command.NoteSight sight:
                turn.Record(new ContactFact.PersonalSeen(sight.Where));
                break;
            case Command.NoteExport export:
                turn.Record(new ContactFact.PersonalExported(export.Where));
                break;
            default:
                throw new InvalidOperationException($"Expected a known command, but got {command.GetType().Name}.");
        }
    }

    private static void Enroll(Turn turn, Command.Enroll enroll)
    {
        if (turn.Journeys.FindCurrent(enroll.Journey) is not { } journey)
        {
            turn.Reject("enroll", Reasons.UnknownJourney, $"Expected a published journey, but '{enroll.Journey}' is none.");
            return;
        }
        Walk.Start(turn, Entry.Admit(turn, journey, [], eventId: null, enroll.Properties));
    }

    private static void End(Turn turn, Command.EndEnrollment end)
    {
        var any = false;
        foreach (var enrollment in turn.Contact.Enrollments)
        {
            if (enrollment.Journey == end.Journey && (end.Ordinal is null || end.Ordinal == enrollment.Ordinal))
            {
                Walk.Exit(turn, enrollment, end.Reason);
                any = true;
            }
        }
        if (!any)
        {
            turn.Reject("end_enrollment", Reasons.UnknownEnrollment, $"Expected an enrollment of '{end.Journey}', but there is none that goes on.");
        }
    }

    private static void Unstick(Turn turn, string journey, int ordinal, bool skip)
    {
        var name = skip ? "skip_step" : "retry_step";
        if (turn.Find(ordinal) is not { } enrollment || enrollment.Journey != journey)
        {
            turn.Reject(name, Reasons.UnknownEnrollment, $"Expected enrollment {ordinal} of '{journey}', but there is none that goes on.");
            return;
        }
        if (!skip && enrollment.Status != EnrollmentStatus.Stuck)
        {
            turn.Reject(name, Reasons.NotStuck, $"Expected a stuck enrollment, but it is {enrollment.Status} at '{enrollment.Step}'.");
            return;
        }
        var here = Place.Of(enrollment);
        Outcomes.TakeBack(turn, enrollment, Reasons.Superseded);
        turn.Record(new StepFact.Unstuck(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, skip));
        var step = turn.Journeys.Find(enrollment.Journey, enrollment.Version)?.FindStep(enrollment.Step);
        Walk.On(turn, ordinal, skip ? step?.Next : enrollment.Step);
    }
}
