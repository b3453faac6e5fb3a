using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Steps;
using Automation.Core.Steps.Call;
using Automation.Core.Steps.Send;
using NodaTime;

namespace Automation.Core.Sending;

/// <summary>What became of messages. The last word of a message moves its enrollment on, if it still waits for it.</summary>
internal static class Outcomes
{
    /// <summary>How long a receipt may take before the message is let go of; later receipts are only noted.</summary>
    private static readonly Duration ReceiptTime = Duration.FromDays(3);

    public static void Report(Turn turn, MessageOutcome outcome)
    {
        if (MessageEvolution.Find(turn.Contact, outcome.Message) is not { } message)
        {
            turn.Reject("outcome", Reasons.UnknownMessage,
                $"Expected a message in flight, but {outcome.Message} is none: its outcome '{outcome.Kind}' came twice, or too late.");
            return;
        }
        // Where outcomes travel over a queue they may come twice; the second "try later" must not cancel the attempt that came of the first.
        if (outcome.Attempt < message.Attempt && outcome.Kind is not (OutcomeKind.Sent or OutcomeKind.Delivered))
        {
            turn.Reject("outcome", Reasons.MessageSettled,
                $"Expected news of attempt {message.Attempt} of {outcome.Message}, but it is of attempt {outcome.Attempt}.");
            return;
        }
        // Vendors like to repeat the number they could not reach.
        outcome = outcome.Text is { } text ? outcome with { Text = PersonalMask.Text(text) } : outcome;
        switch (outcome.Kind)
        {
            case OutcomeKind.Sent:
                Sent(turn, message, outcome);
                break;
            case OutcomeKind.Delivered:
                Delivered(turn, message, outcome);
                break;
            case OutcomeKind.Failed:
                Failed(turn, message, outcome);
                break;
            case OutcomeKind.Unknown:
                Unknown(turn, message, outcome);
                break;
            case OutcomeKind.Progressed:
                Progressed(turn, message, outcome);
                break;
            case OutcomeKind.Expired:
                MessageTimers.Postpone(turn, message);
                break;
            case OutcomeKind.Released:
                HoldRelease.Apply(turn, message, outcome.At);
                break;
            default:
                throw new InvalidOperationException($"Expected a known outcome, but got {outcome.Kind}.");
        }
    }

    /// <summary>Takes back what an ending enrollment still has in the outbox or waiting for a retry.</summary>
    public static void TakeBack(Turn turn, Enrollment enrollment, string reason)
    {
        foreach (var message in turn.Contact.Messages)
        {
            if (message.Enrollment == enrollment.Ordinal && message.Status is MessageStatus.Queued or MessageStatus.RetryScheduled)
            {
                TakeBack(turn, message, reason);
            }
        }
    }

    /// <summary>Takes back the link of a chain that is at work, when another way is about to be tried.</summary>
    public static void TakeBackLink(Turn turn, Enrollment enrollment, string reason)
    {
        foreach (var message in turn.Contact.Messages)
        {
            if (IsOf(message, enrollment) && message.Status == MessageStatus.RetryScheduled)
            {
                TakeBack(turn, message, reason);
            }
        }
    }

    /// <summary>A failed message, and the next way or the failure policy where the enrollment waits for it.</summary>
    public static void GiveUp(Turn turn, MessageInFlight message, string reason, string? code, string? text)
    {
        turn.Record(new StepFact.MessageFailed(
            message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel, code, text)
        {
            Reason = reason,
        });
        VendorWords.Learn(turn, message, reason);
        if (WaitingFor(turn, message) is not { } waiting)
        {
            return;
        }
        var here = Place.Of(waiting);
        var move = turn.Journeys.Find(waiting.Journey, waiting.Version)?.FindStep(waiting.Step) switch
        {
            SendStep when IsOursToMend(turn, message, reason) => Stuck(turn, here, reason, text),
            SendStep send => send.Fallback(turn, here, message.ChainIndex, reason),
            CallStep call => Walk.Fail(turn, here, call.OnFailure, call.Next, reason),
            _ => Stuck(turn, here, Reasons.StepGone, null),
        };
        Walk.Follow(turn, waiting.Ordinal, move);
    }

    private static void Sent(Turn turn, MessageInFlight message, MessageOutcome outcome)
    {
        if (message.IsCall)
        {
            Answered(turn, message, outcome);
            return;
        }
        if (message.Status == MessageStatus.Sent)
        {
            turn.Reject("outcome", Reasons.MessageSettled, $"Expected the first word on {message.Id}, but it is known to be sent.");
            return;
        }
        var receipts = turn.Journeys.FindAccount(message.Account)?.Receipts ?? false;
        turn.Record(new StepFact.MessageSent(
            message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel,
            outcome.VendorId, receipts, receipts ? turn.Now + ReceiptTime : null)
        {
            Reason = Said(outcome),
        });
        if (WaitingFor(turn, message) is { } waiting)
        {
            var step = turn.Journeys.Find(waiting.Journey, waiting.Version)?.FindStep(waiting.Step) as SendStep;
            if (!receipts || step is null || !step.HasFallback(message.ChainIndex))
            {
                Finish(turn, waiting, message);
            }
        }
    }

    /// <summary>Vendors are asked again and again, so the stage that is known already is no news and leaves no fact.</summary>
    private static void Progressed(Turn turn, MessageInFlight message, MessageOutcome outcome)
    {
        var stage = outcome.Code ?? "";
        var known = turn.Find(message.Enrollment) is { } enrollment ? StepResults.Find(enrollment, message.Step)?.Find(StepResults.Stage) as string : stage;
        if (message.Status == MessageStatus.Sent && known != stage)
        {
            turn.Record(new StepFact.MessageProgressed(
                message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel, stage));
        }
    }

    private static void Delivered(Turn turn, MessageInFlight message, MessageOutcome outcome)
    {
        if (message.IsCall)
        {
            Answered(turn, message, outcome);
            return;
        }
        turn.Record(new StepFact.MessageDelivered(
            message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel)
        {
            Reason = Said(outcome),
        });
        if (WaitingFor(turn, message, anyLink: true) is { } waiting)
        {
            Finish(turn, waiting, message);
        }
    }

    // A person who settles it says why; vendors are believed.
    private static string? Said(MessageOutcome outcome) => outcome.Actor is null ? null : outcome.Text;

    private static void Answered(Turn turn, MessageInFlight message, MessageOutcome outcome)
    {
        turn.Record(new StepFact.CallAnswered(
            message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, outcome.Response ?? PropertyBag.Empty));
        if (WaitingFor(turn, message) is { } waiting)
        {
            Finish(turn, waiting, message);
        }
    }

    private static void Failed(Turn turn, MessageInFlight message, MessageOutcome outcome)
    {
        var reason = outcome.Reason ?? Reasons.ContentRefused;
        var retry = turn.Journeys.Settings.Retry;
        if (message.Status == MessageStatus.Sent || !(reason == Reasons.RetryLater || IsOursToMend(turn, message, reason)))
        {
            GiveUp(turn, message, reason, outcome.Code, outcome.Text);
        }
        else if (message.Attempt >= retry.AttemptsMax)
        {
            GiveUp(turn, message, reason == Reasons.RetryLater ? Reasons.AttemptsExhausted : reason, outcome.Code, outcome.Text);
        }
        else
        {
            var at = turn.Now + (outcome.RetryAfter ?? Backoff.Delay(retry, message));
            turn.Record(new StepFact.RetryScheduled(
                message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel,
                message.Attempt + 1, at, outcome.Code, outcome.Text)
            {
                Reason = reason,
            });
        }
    }

    /// <summary>A wrong configuration is ours to mend, and the person is not to lose the message for it, unless there is another way to them.</summary>
    private static bool IsOursToMend(Turn turn, MessageInFlight message, string reason) =>
        reason == Reasons.FixConfiguration
        && turn.Journeys.Find(message.Journey, message.Version)?.FindStep(message.Step) is SendStep send
        && !send.HasFallback(message.ChainIndex);

    private static void Unknown(Turn turn, MessageInFlight message, MessageOutcome outcome)
    {
        if (message.Status == MessageStatus.Unknown)
        {
            turn.Reject("outcome", Reasons.MessageSettled, $"Expected news of {message.Id}, but it is known to be unknown.");
            return;
        }
        turn.Record(new StepFact.MessageUnknown(
            message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel, outcome.Text)
        {
            Reason = Reasons.UnknownOutcome,
        });
        // With a fallback its time decides; without one only a person, a receipt or the vendor's word can.
        if (WaitingFor(turn, message) is { WakeAt: null } waiting)
        {
            Walk.Stick(turn, Place.Of(waiting), Reasons.UnknownOutcome, outcome.Text);
        }
    }

    /// <summary>The message arrived (or was sent, where nobody tells more): late links of the chain are called off, the contact goes on.</summary>
    private static void Finish(Turn turn, Enrollment waiting, MessageInFlight arrived)
    {
        foreach (var other in turn.Contact.Messages)
        {
            if (IsOf(other, waiting) && other.Id != arrived.Id && other.Status is MessageStatus.Queued or MessageStatus.RetryScheduled)
            {
                TakeBack(turn, other, Reasons.Superseded);
            }
        }
        var step = turn.Journeys.Find(waiting.Journey, waiting.Version)?.FindStep(waiting.Step);
        Walk.On(turn, waiting.Ordinal, step?.Next);
    }

    /// <summary>Takes back one message: what was not handed to its vendor yet never is.</summary>
    public static void TakeBack(Turn turn, MessageInFlight message, string reason)
    {
        turn.Do(new Effect.CancelMessage(message.Id));
        turn.Record(new StepFact.MessageFailed(
            message.Journey, message.Version, message.Enrollment, message.Step, message.Visit, message.Id, message.Channel, null, null)
        {
            Reason = reason,
        });
    }

    private static Move Stuck(Turn turn, in Place here, string reason, string? text)
    {
        Walk.Stick(turn, here, reason, text);
        return Move.Stay;
    }

    /// <summary>The enrollment, if it stands at the message's step and waits for it: openly, postponed behind it, or stuck over its unknown outcome.</summary>
    public static Enrollment? WaitingFor(Turn turn, MessageInFlight message, bool anyLink = false) =>
        turn.Find(message.Enrollment) is { } enrollment
        && IsOf(message, enrollment)
        && (anyLink || enrollment.ChainIndex == message.ChainIndex)
        && (enrollment.Status == EnrollmentStatus.AwaitingOutcome
            || (anyLink && enrollment.Status == EnrollmentStatus.Postponed)
            || (enrollment.Status == EnrollmentStatus.Stuck && enrollment.StuckReason == Reasons.UnknownOutcome))
            ? enrollment
            : null;

    private static bool IsOf(MessageInFlight message, Enrollment enrollment) =>
        message.Enrollment == enrollment.Ordinal && message.Step == enrollment.Step && message.Visit == enrollment.Visit;
}
