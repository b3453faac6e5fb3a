using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Loop;

/// <summary>What facts about a message mean for its row in the outbox.</summary>
internal static class MessageRows
{
    /// <summary>The change a fact makes, or null.</summary>
    public static MessageChange? Of(Fact fact, Instant at) => fact switch
    {
        StepFact.MessageSent sent => new MessageChange(sent.Message, OutboxStatus.Sent, at, null, null, sent.VendorId, null, null, null, sent.AwaitReceipt),
        StepFact.ReceiptGivenUp given => new MessageChange(given.Message, OutboxStatus.Sent, at, null, null, null, null, null, null),
        StepFact.MessageDelivered delivered =>
            new MessageChange(delivered.Message, OutboxStatus.Delivered, at, null, null, null, null, null, null),
        StepFact.CallAnswered answered =>
            new MessageChange(answered.Message, OutboxStatus.Delivered, at, null, null, null, null, null, null),
        StepFact.MessageFailed failed =>
            new MessageChange(failed.Message, OutboxStatus.Failed, at, null, null, null, failed.Reason, failed.Code, failed.Text)
            {
                Mark = failed.Reason is { } reason && Reasons.Replayable.Contains(reason) ? FailureMark.Replayable : FailureMark.None,
            },
        StepFact.MessageReplayed replayed =>
            new MessageChange(replayed.Failed, OutboxStatus.Failed, at, null, null, null, null, null, null) { Mark = FailureMark.Replayed },
        // Between two tries the row must not look queued: a restarting process would hand it on before its time.
        StepFact.RetryScheduled retry =>
            new MessageChange(retry.Message, OutboxStatus.Failed, at, null, null, null, retry.Reason ?? Reasons.RetryLater, retry.Code, retry.Text),
        StepFact.MessageUnknown unknown =>
            new MessageChange(unknown.Message, OutboxStatus.Unknown, at, null, null, null, Reasons.UnknownOutcome, null, unknown.Text),
        _ => null,
    };

    /// <summary>
    /// The change of an outcome that no fact spoke for: nobody waits for the message any more, but its row still tells the truth.
    /// </summary>
    public static MessageChange Of(MessageOutcome outcome, Instant at) => new(
        outcome.Message,
        outcome.Kind switch
        {
            OutcomeKind.Sent or OutcomeKind.Progressed => OutboxStatus.Sent,
            OutcomeKind.Delivered => OutboxStatus.Delivered,
            OutcomeKind.Unknown => OutboxStatus.Unknown,
            _ => OutboxStatus.Failed,
        },
        at, null, null, outcome.VendorId,
        outcome.Kind switch { OutcomeKind.Expired => Reasons.QuietHours, OutcomeKind.Released => Reasons.Superseded, _ => outcome.Reason }, outcome.Code,
        outcome.Text is { } text ? PersonalMask.Text(text) : null);
}
