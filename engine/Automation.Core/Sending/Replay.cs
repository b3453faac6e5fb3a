using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Steps;
using Automation.Core.Steps.Send;

namespace Automation.Core.Sending;

/// <summary>
/// A person has a failed message sent once more. As with a released hold, time has passed: consent, quota, caps and quiet hours are
/// asked as they are now, and it goes to the address of now. It is a new message with an id that follows from the failed one's, and the
/// contact remembers the failed one, so that it is never replayed twice.
/// </summary>
internal static class Replay
{
    public static void Apply(Turn turn, Command.ReplayMessage asked)
    {
        if (turn.Contact.Replayed.Contains(asked.Failed))
        {
            turn.Reject("replay_message", Reasons.AlreadyReplayed, $"Expected a message that was not replayed yet, but {asked.Failed} was.");
            return;
        }
        if (MessageEvolution.Find(turn.Contact, asked.Failed) is { } message)
        {
            turn.Reject("replay_message", Reasons.MessageSettled, $"Expected a message that failed for good, but {asked.Failed} is {message.Status}.");
            return;
        }
        var step = turn.Journeys.Find(asked.Journey, asked.Version)?.FindStep(asked.Step) as SendStep;
        var link = step?.LinkOf(asked.Channel, asked.Template) ?? -1;
        var quota = link < 0 ? null : step!.QuotaOf(link);
        var address = asked.IsCall || asked.AddressType.Length == 0 ? null : Gates.AddressOf(turn.Contact, asked.AddressType);
        var way = new Way(asked.Channel, asked.Account, asked.Template, quota, asked.AddressType.Length == 0 ? null : asked.AddressType);
        var here = PlaceOf(turn, asked, Math.Max(link, 0));
        var verdict = Ask(turn, asked, way, step is not null && link >= 0 && step.HasFallback(link));
        if (!verdict.IsOpen && verdict.Until is null)
        {
            turn.Record(new StepFact.ReplayRefused(
                here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, asked.Failed, asked.Channel, asked.Template)
            {
                Reason = verdict.Reason,
                Looked = turn.Looked(verdict.Looked == default ? [] : [verdict.Looked]),
            });
            return;
        }
        Send(turn, asked, here, Math.Max(link, 0), quota, address);
        if (verdict.Until is { } until)
        {
            // The row is written and waits; when quiet hours end, consent and quiet hours are asked once more, as for every retry.
            turn.Record(new StepFact.RetryScheduled(
                here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, IdOf(asked.Failed), asked.Channel, Attempt: 2, until, null, null)
            {
                Reason = Reasons.QuietHours,
            });
        }
    }

    /// <summary>The same for every try, so that no two messages can come of one that failed.</summary>
    public static Guid IdOf(Guid failed) => StableHash.Id("replay", failed.ToString("N"));

    private static void Send(Turn turn, Command.ReplayMessage asked, in Place here, int link, string? quota, Identity? address)
    {
        var id = IdOf(asked.Failed);
        turn.Record(new StepFact.MessageReplayed(
            here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, id, asked.Failed, link, asked.Channel, asked.Account, asked.Template, asked.IsCall, quota)
        {
            Reason = asked.Why,
        });
        var quietHours = turn.Journeys.Settings.QuietHours.GetValueOrDefault(asked.Channel);
        turn.Do(new Effect.SendMessage(
            id, here.Ordinal, here.Journey, here.Version, here.Step, asked.Channel, asked.Account, asked.Template, asked.IsCall,
            address?.Type ?? "", address?.Value ?? "", asked.Content, asked.IsCall ? null : Quiet.NextStart(quietHours, turn.Now.InZone(turn.Zone))));
    }

    private static Verdict Ask(Turn turn, Command.ReplayMessage asked, in Way way, bool wasFollowed)
    {
        if (wasFollowed)
        {
            // Another way was tried when this one failed: it would be one message too many.
            return new Verdict(Reasons.Superseded, null, default);
        }
        if (turn.Journeys.Find(asked.Journey, asked.Version)?.Pause is not null)
        {
            return new Verdict(Reasons.JourneyPaused, null, default);
        }
        return asked.IsCall ? Verdict.Open : Gates.AskAgain(turn, way);
    }

    /// <summary>Where its enrollment is stuck over this very message, that enrollment goes on with it; else the message belongs to no visit.</summary>
    private static Place PlaceOf(Turn turn, Command.ReplayMessage asked, int link)
    {
        if (turn.Find(asked.Ordinal) is { Status: EnrollmentStatus.Stuck } stuck && stuck.Journey == asked.Journey && stuck.Step == asked.Step)
        {
            var place = Place.Of(stuck);
            if (MessageId.Of(turn.Contact, stuck, place, link) == asked.Failed)
            {
                return place;
            }
        }
        return new Place(asked.Journey, asked.Version, asked.Ordinal, asked.Step, 0);
    }
}
