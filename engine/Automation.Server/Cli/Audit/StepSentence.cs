using Automation.Core.Deciding;

namespace Automation.Server.Cli.Audit;

/// <summary>Facts at one step as plain sentences.</summary>
internal static class StepSentence
{
    public static string Of(StepFact fact, LocalTimes times) => fact switch
    {
        StepFact.WaitStarted { ForEvent: true, Until: { } until } => $"waits for an event until {times.Show(until)}",
        StepFact.WaitStarted { ForEvent: true } => "waits for an event",
        StepFact.WaitStarted { Until: { } until } => $"waits until {times.Show(until)}",
        StepFact.WaitStarted => "waits",
        StepFact.WaitEnded ended => ended.By switch
        {
            WaitEnd.Event => "the event came",
            WaitEnd.Person => "someone ended the wait",
            _ => "the time came",
        },
        StepFact.BranchTaken branch => $"took the branch \"{branch.Branch}\"",
        StepFact.VariantDrawn drawn => $"drew the variant \"{drawn.Variant}\"{(drawn.Holdout ? ", whose messages are held back" : "")}",
        StepFact.ContactUpdated updated => $"was updated: {Updates(updated)}",
        StepFact.EventEmitted emitted => $"event {emitted.Event} was emitted",
        StepFact.CallAnswered => "the service answered",
        StepFact.FallbackStarted fallback => FormattableString.Invariant($"the next way is tried, number {fallback.ChainIndex + 1}"),
        StepFact.Stuck stuck => $"is stuck ({fact.Reason}) and waits for a person{Said(stuck.Text)}",
        StepFact.Unstuck { Skipped: true } => "the step was skipped",
        StepFact.Unstuck => "the step was entered again",
        StepFact.Held => "is held, because the journey is paused",
        StepFact.Released { WakeAt: { } wake } => $"goes on at {times.Show(wake)}",
        StepFact.Released => "goes on",
        StepFact.Moved moved => FormattableString.Invariant($"moved from version {moved.FromVersion} to {moved.Version}"),
        StepFact.Exited => $"left the journey: {fact.Reason}",
        StepFact.Completed => "came to the end of the journey",
        _ => OfMessage(fact, times),
    };

    private static string OfMessage(StepFact fact, LocalTimes times) => fact switch
    {
        StepFact.MessageQueued { IsCall: true } call => $"{call.Account} is called",
        StepFact.MessageQueued queued => $"{queued.Channel} message \"{queued.Template}\" goes out through {queued.Account}",
        StepFact.MessageSuppressed suppressed =>
            $"{suppressed.Channel} message \"{suppressed.Template}\" was not sent: {fact.Reason}{Said(suppressed.Text)}",
        StepFact.MessagePostponed postponed =>
            $"{postponed.Channel} message \"{postponed.Template}\" waits until {times.Show(postponed.Until)}: {fact.Reason}",
        StepFact.MessageSent sent => $"{sent.Channel} message sent{(sent.AwaitReceipt ? ", its receipt is awaited" : "")}",
        StepFact.MessageProgressed progressed => $"{progressed.Channel} message is on its way: {progressed.Stage}",
        StepFact.MessageDelivered delivered => $"{delivered.Channel} message delivered",
        StepFact.MessageFailed failed => $"{failed.Channel} message failed: {fact.Reason}{Said(failed.Text ?? failed.Code)}",
        StepFact.RetryScheduled retry => FormattableString.Invariant(
            $"{retry.Channel} message is tried again at {times.Show(retry.At)}, attempt {retry.Attempt}{Said(retry.Text ?? retry.Code)}"),
        StepFact.MessageRetried retried => FormattableString.Invariant($"{retried.Channel} message goes out again, attempt {retried.Attempt}"),
        StepFact.ReceiptGivenUp given => $"no receipt came for the {given.Channel} message; sent is the last word",
        StepFact.MessageUnknown unknown => $"nobody knows what became of the {unknown.Channel} message{Said(unknown.Text)}",
        _ => FactJson.Kind(fact),
    };

    private static string Updates(StepFact.ContactUpdated fact)
    {
        // Names only: values may be personal, and stand in the contact.
        var parts = fact.Set.Keys.Select(name => $"{name} set")
            .Concat(fact.Unset.Select(name => $"{name} removed"))
            .Concat(fact.AddedTags.Select(tag => $"tag +{tag}"))
            .Concat(fact.RemovedTags.Select(tag => $"tag -{tag}"));
        return string.Join(", ", parts);
    }

    private static string Said(string? text) => text is { Length: > 0 } ? $" ({text})" : "";
}
