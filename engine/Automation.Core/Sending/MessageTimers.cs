using Automation.Core.Contacts;
using Automation.Core.Deciding;
using NodaTime;

namespace Automation.Core.Sending;

/// <summary>Deadlines of messages in flight: retries, and receipts that never came.</summary>
internal static class MessageTimers
{
    public static void Due(Turn turn, MessageInFlight message)
    {
        if (message.Status == MessageStatus.RetryScheduled)
        {
            Retry(turn, message);
        }
        else
        {
            // No receipt in days: sent is the last word. Letting go keeps the contact's row small.
            turn.Record(new StepFact.ReceiptGivenUp(
                message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel));
        }
    }

    /// <summary>Quiet hours began before the message left: it goes when they end, or is dropped, as the channel's quiet hours say.</summary>
    public static void Postpone(Turn turn, MessageInFlight message)
    {
        if (message.IsCall)
        {
            Outcomes.GiveUp(turn, message, Reasons.TimedOut, null, null);
            return;
        }
        var quiet = turn.Journeys.Settings.QuietHours.GetValueOrDefault(message.Channel);
        var clock = turn.Now.InZone(turn.Zone);
        if (quiet is { Postpone: false } && Quiet.Contains(quiet, clock.TimeOfDay))
        {
            Outcomes.GiveUp(turn, message, Reasons.QuietHours, null, null);
            return;
        }
        var until = quiet is not null && Quiet.Contains(quiet, clock.TimeOfDay) ? Quiet.End(quiet, clock) : turn.Now;
        Schedule(turn, message, message.Attempt, until);
    }

    private static void Retry(Turn turn, MessageInFlight message)
    {
        var way = new Way(message.Channel, message.Account, message.Template, message.Quota, null);
        var enrollment = turn.Find(message.Enrollment);
        if (!message.IsCall && Gates.HasConsent(turn, enrollment, way) is { IsOpen: false } refused)
        {
            Outcomes.GiveUp(turn, message, refused.Reason!, null, null);
            return;
        }
        if (!message.IsCall && Gates.IsNotQuiet(turn, enrollment, way) is { IsOpen: false } quiet)
        {
            if (quiet.Until is { } until)
            {
                Schedule(turn, message, message.Attempt, until);
            }
            else
            {
                Outcomes.GiveUp(turn, message, quiet.Reason!, null, null);
            }
            return;
        }
        turn.Record(new StepFact.MessageRetried(
            message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel, message.Attempt));
        var quietHours = turn.Journeys.Settings.QuietHours.GetValueOrDefault(message.Channel);
        turn.Do(new Effect.ResendMessage(message.Id, message.Attempt, message.IsCall ? null : Quiet.NextStart(quietHours, turn.Now.InZone(turn.Zone))));
    }

    private static void Schedule(Turn turn, MessageInFlight message, int attempt, Instant at) =>
        turn.Record(new StepFact.RetryScheduled(
            message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel, attempt, at, null, null)
        {
            Reason = Reasons.QuietHours,
        });
}
