using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Steps;
using NodaTime;

namespace Automation.Core.Sending;

/// <summary>
/// A message that waited under a person's hold is let go. Hours may have passed since it was decided, so it is decided anew: whether
/// somebody still waits for it, consent, caps and quiet hours. It goes out under the next attempt, so that copies of it which still lie
/// in some dispatcher's memory cannot be claimed any more.
/// </summary>
internal static class HoldRelease
{
    /// <param name="released">By the clock of whoever released it: no earlier, or it would look as if it had still waited.</param>
    public static void Apply(Turn turn, MessageInFlight message, Instant released)
    {
        if (message.Status != MessageStatus.Queued)
        {
            turn.Reject("outcome", Reasons.MessageSettled, $"Expected a message that waits to be sent, but {message.Id} is {message.Status}.");
            return;
        }
        if (Outcomes.WaitingFor(turn, message) is not { } waiting)
        {
            // Another way was tried meanwhile, or the contact went on: it would be one message too many.
            Outcomes.TakeBack(turn, message, Reasons.Superseded);
            return;
        }
        if (message.IsCall)
        {
            Again(turn, message, Instant.Max(turn.Now, released), Reasons.HoldReleased);
            return;
        }
        var way = new Way(message.Channel, message.Account, message.Template, message.Quota, null);
        if (Gates.HasConsent(turn, waiting, way) is { IsOpen: false } refused)
        {
            turn.Do(new Effect.CancelMessage(message.Id));
            Outcomes.GiveUp(turn, message, refused.Reason!, null, null);
            return;
        }
        var others = RecentSends.Without(turn.Contact.RecentSends, message.Id);
        if (Gates.IsUnderCaps(turn, message.Channel, others) is { IsOpen: false } capped)
        {
            Drop(turn, waiting, message, capped);
            return;
        }
        if (Gates.IsNotQuiet(turn, waiting, way) is not { IsOpen: false } quiet)
        {
            Again(turn, message, Instant.Max(turn.Now, released), Reasons.HoldReleased);
        }
        else if (quiet.Until is { } until)
        {
            // When they end, consent and quiet hours are asked once more, as for every retry.
            Again(turn, message, until, Reasons.QuietHours);
        }
        else
        {
            Drop(turn, waiting, message, quiet);
        }
    }

    private static void Again(Turn turn, MessageInFlight message, Instant at, string reason) =>
        turn.Record(new StepFact.RetryScheduled(
            message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel, message.Attempt + 1, at, null, null)
        {
            Reason = reason,
        });

    /// <summary>The contact goes on behind the step: another channel must not be a way around caps or quiet hours.</summary>
    private static void Drop(Turn turn, Enrollment waiting, MessageInFlight message, in Verdict verdict)
    {
        turn.Do(new Effect.CancelMessage(message.Id));
        turn.Record(new StepFact.MessageFailed(
            message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel, null, null)
        {
            Reason = verdict.Reason,
            Looked = turn.Looked([verdict.Looked]),
        });
        var step = turn.Journeys.Find(waiting.Journey, waiting.Version)?.FindStep(waiting.Step);
        Walk.On(turn, waiting.Ordinal, step?.Next);
    }
}
