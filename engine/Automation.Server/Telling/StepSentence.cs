using Automation.Core.Deciding;

namespace Automation.Server.Telling;

/// <summary>Facts at one step as plain sentences.</summary>
internal static class StepSentence
{
    /// <summary>What the ledger calls the way of those whom no branch wanted.</summary>
    private const string Otherwise = "otherwise";

    public static string Of(StepFact fact, Wording to) => fact switch
    {
        StepFact.WaitStarted { ForEvent: true, Until: { } until } => to.Say($"waits for an event until {to.Show(until)}", $"等待事件，最晚到 {to.Show(until)}"),
        StepFact.WaitStarted { ForEvent: true } => to.Say("waits for an event", "等待事件"),
        StepFact.WaitStarted { Until: { } until } => to.Say($"waits until {to.Show(until)}", $"等到 {to.Show(until)}"),
        StepFact.WaitStarted => to.Say("waits", "等待"),
        StepFact.WaitEnded ended => ended.By switch
        {
            WaitEnd.Event => to.Say("the event came", "事件来了"),
            WaitEnd.Person => to.Say("someone ended the wait", "有人结束了等待"),
            _ => to.Say("the time came", "时间到了"),
        },
        StepFact.BranchTaken { Branch: Otherwise } => to.Say("none of the branches applied, so it took the way for everybody else", "不符合任何分支，走“其他人”"),
        StepFact.BranchTaken branch => to.Say($"took the branch \"{branch.Branch}\"", $"走分支“{branch.Branch}”"),
        StepFact.VariantDrawn drawn => to.Say(
            $"drew the variant \"{drawn.Variant}\"{(drawn.Holdout ? ", whose messages are held back" : "")}",
            $"分到“{drawn.Variant}”组{(drawn.Holdout ? "，该组不发消息" : "")}"),
        StepFact.ContactUpdated updated => to.Say($"was updated: {Updates(updated)}", $"资料更新：{Updates(updated)}"),
        StepFact.EventEmitted emitted => to.Say($"event {emitted.Event} was emitted", $"产生了事件 {emitted.Event}"),
        StepFact.CallAnswered => to.Say("the service answered", "服务已回答"),
        StepFact.FallbackStarted fallback => to.Say(
            (FormattableString)$"the next way is tried, number {fallback.ChainIndex + 1}", $"改用第 {fallback.ChainIndex + 1} 种方式"),
        StepFact.Stuck stuck => to.Say(
            $"is stuck and waits for a person: {ReasonWords.Of(fact.Reason, to)}{Said(stuck.Text)}", $"卡住，等人处理：{ReasonWords.Of(fact.Reason, to)}{Said(stuck.Text)}"),
        StepFact.Unstuck { Skipped: true } => to.Say("the step was skipped", "跳过了此步骤"),
        StepFact.Unstuck => to.Say("the step was entered again", "重新进入此步骤"),
        StepFact.Held => to.Say("is held, because the journey is paused", "旅程暂停，因此被扣住"),
        StepFact.Released { WakeAt: { } wake } => to.Say($"goes on at {to.Show(wake)}", $"{to.Show(wake)} 继续"),
        StepFact.Released => to.Say("goes on", "继续前进"),
        StepFact.Moved moved => to.Say(
            (FormattableString)$"moved from version {moved.FromVersion} to {moved.Version}", $"从版本 {moved.FromVersion} 迁移到 {moved.Version}"),
        StepFact.Exited => to.Say($"left the journey: {ReasonWords.Of(fact.Reason, to)}", $"离开旅程：{ReasonWords.Of(fact.Reason, to)}"),
        StepFact.Completed => to.Say("came to the end of the journey", "走完旅程"),
        _ => OfMessage(fact, to),
    };

    private static string OfMessage(StepFact fact, Wording to)
    {
        var reason = ReasonWords.Of(fact.Reason, to);
        return fact switch
        {
            StepFact.MessageQueued { IsCall: true } call => to.Say($"{call.Account} is called", $"调用 {call.Account}"),
            StepFact.MessageQueued queued => to.Say(
                $"{ChannelWords.Of(queued.Channel, to)} message \"{queued.Template}\" goes out through {queued.Account}", $"{ChannelWords.Of(queued.Channel, to)} 消息“{queued.Template}”经 {queued.Account} 发出"),
            StepFact.MessageSuppressed suppressed => to.Say(
                $"{ChannelWords.Of(suppressed.Channel, to)} message \"{suppressed.Template}\" was not sent: {reason}{Said(suppressed.Text)}",
                $"{ChannelWords.Of(suppressed.Channel, to)} 消息“{suppressed.Template}”没有发：{reason}{Said(suppressed.Text)}"),
            StepFact.MessagePostponed postponed => to.Say(
                $"{ChannelWords.Of(postponed.Channel, to)} message \"{postponed.Template}\" waits until {to.Show(postponed.Until)}: {reason}",
                $"{ChannelWords.Of(postponed.Channel, to)} 消息“{postponed.Template}”推迟到 {to.Show(postponed.Until)}：{reason}"),
            StepFact.MessageSent sent => to.Say(
                $"{ChannelWords.Of(sent.Channel, to)} message sent{(sent.AwaitReceipt ? ", its receipt is awaited" : "")}", $"{ChannelWords.Of(sent.Channel, to)} 消息已交给厂商{(sent.AwaitReceipt ? "，等待回执" : "")}"),
            StepFact.MessageProgressed progressed => to.Say($"{ChannelWords.Of(progressed.Channel, to)} message is on its way: {progressed.Stage}", $"{ChannelWords.Of(progressed.Channel, to)} 消息在途：{progressed.Stage}"),
            StepFact.MessageDelivered delivered => to.Say($"{ChannelWords.Of(delivered.Channel, to)} message delivered", $"{ChannelWords.Of(delivered.Channel, to)} 消息已送达"),
            StepFact.MessageFailed failed => to.Say(
                $"{ChannelWords.Of(failed.Channel, to)} message failed: {reason}{Said(failed.Text ?? failed.Code)}", $"{ChannelWords.Of(failed.Channel, to)} 消息失败：{reason}{Said(failed.Text ?? failed.Code)}"),
            StepFact.RetryScheduled retry => to.Say(
                (FormattableString)$"{ChannelWords.Of(retry.Channel, to)} message is tried again at {to.Show(retry.At)}, attempt {retry.Attempt}{Said(retry.Text ?? retry.Code)}",
                $"{ChannelWords.Of(retry.Channel, to)} 消息将在 {to.Show(retry.At)} 重试，第 {retry.Attempt} 次{Said(retry.Text ?? retry.Code)}"),
            StepFact.MessageRetried retried => to.Say(
                (FormattableString)$"{ChannelWords.Of(retried.Channel, to)} message goes out again, attempt {retried.Attempt}", $"{ChannelWords.Of(retried.Channel, to)} 消息再次发出，第 {retried.Attempt} 次"),
            StepFact.MessageReplayed replayed => to.Say(
                $"{ChannelWords.Of(replayed.Channel, to)} message \"{replayed.Template}\" is replayed through {replayed.Account} ({fact.Reason}); it failed as {replayed.Failed:D}",
                $"{ChannelWords.Of(replayed.Channel, to)} 消息“{replayed.Template}”经 {replayed.Account} 重放（{fact.Reason}）；失败的是 {replayed.Failed:D}"),
            StepFact.ReplayRefused refused => to.Say(
                $"{ChannelWords.Of(refused.Channel, to)} message \"{refused.Template}\" was not replayed: {reason}", $"{ChannelWords.Of(refused.Channel, to)} 消息“{refused.Template}”没有重放：{reason}"),
            StepFact.ReceiptGivenUp given => to.Say(
                $"no receipt came for the {ChannelWords.Of(given.Channel, to)} message; sent is the last word", $"{ChannelWords.Of(given.Channel, to)} 消息没有等到回执，以“已交给厂商”为准"),
            StepFact.MessageUnknown unknown => to.Say(
                $"nobody knows what became of the {ChannelWords.Of(unknown.Channel, to)} message{Said(unknown.Text)}", $"{ChannelWords.Of(unknown.Channel, to)} 消息的结果无人知道{Said(unknown.Text)}"),
            _ => FactJson.Kind(fact),
        };
    }

    private static string Updates(StepFact.ContactUpdated fact)
    {
        // Names only: values may be personal, and stand in the contact.
        var parts = fact.Set.Keys.Select(name => $"{name} =")
            .Concat(fact.Unset.Select(name => $"{name} -"))
            .Concat(fact.AddedTags.Select(tag => $"#{tag} +"))
            .Concat(fact.RemovedTags.Select(tag => $"#{tag} -"));
        return string.Join(", ", parts);
    }

    private static string Said(string? text) => text is { Length: > 0 } ? $" ({text})" : "";
}
