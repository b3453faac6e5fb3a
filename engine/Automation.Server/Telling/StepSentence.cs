using Automation.Core.Deciding;

namespace Automation.Server.Telling;

/// <summary>Facts at one step as plain sentences.</summary>
internal static class StepSentence
{
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
            $"is stuck ({fact.Reason}) and waits for a person{Said(stuck.Text)}", $"卡住，等人处理：{ReasonWords.Of(fact.Reason, to)}{Said(stuck.Text)}"),
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
                $"{queued.Channel} message \"{queued.Template}\" goes out through {queued.Account}", $"{queued.Channel} 消息“{queued.Template}”经 {queued.Account} 发出"),
            StepFact.MessageSuppressed suppressed => to.Say(
                $"{suppressed.Channel} message \"{suppressed.Template}\" was not sent: {reason}{Said(suppressed.Text)}",
                $"{suppressed.Channel} 消息“{suppressed.Template}”没有发：{reason}{Said(suppressed.Text)}"),
            StepFact.MessagePostponed postponed => to.Say(
                $"{postponed.Channel} message \"{postponed.Template}\" waits until {to.Show(postponed.Until)}: {reason}",
                $"{postponed.Channel} 消息“{postponed.Template}”推迟到 {to.Show(postponed.Until)}：{reason}"),
            StepFact.MessageSent sent => to.Say(
                $"{sent.Channel} message sent{(sent.AwaitReceipt ? ", its receipt is awaited" : "")}", $"{sent.Channel} 消息已交给厂商{(sent.AwaitReceipt ? "，等待回执" : "")}"),
            StepFact.MessageProgressed progressed => to.Say($"{progressed.Channel} message is on its way: {progressed.Stage}", $"{progressed.Channel} 消息在途：{progressed.Stage}"),
            StepFact.MessageDelivered delivered => to.Say($"{delivered.Channel} message delivered", $"{delivered.Channel} 消息已送达"),
            StepFact.MessageFailed failed => to.Say(
                $"{failed.Channel} message failed: {reason}{Said(failed.Text ?? failed.Code)}", $"{failed.Channel} 消息失败：{reason}{Said(failed.Text ?? failed.Code)}"),
            StepFact.RetryScheduled retry => to.Say(
                (FormattableString)$"{retry.Channel} message is tried again at {to.Show(retry.At)}, attempt {retry.Attempt}{Said(retry.Text ?? retry.Code)}",
                $"{retry.Channel} 消息将在 {to.Show(retry.At)} 重试，第 {retry.Attempt} 次{Said(retry.Text ?? retry.Code)}"),
            StepFact.MessageRetried retried => to.Say(
                (FormattableString)$"{retried.Channel} message goes out again, attempt {retried.Attempt}", $"{retried.Channel} 消息再次发出，第 {retried.Attempt} 次"),
            StepFact.MessageReplayed replayed => to.Say(
                $"{replayed.Channel} message \"{replayed.Template}\" goes out once more through {replayed.Account} ({fact.Reason}); it failed as {replayed.Failed:N}",
                $"{replayed.Channel} 消息“{replayed.Template}”经 {replayed.Account} 重发（{fact.Reason}）；失败的是 {replayed.Failed:N}"),
            StepFact.ReplayRefused refused => to.Say(
                $"{refused.Channel} message \"{refused.Template}\" was not sent once more: {reason}", $"{refused.Channel} 消息“{refused.Template}”没有重发：{reason}"),
            StepFact.ReceiptGivenUp given => to.Say(
                $"no receipt came for the {given.Channel} message; sent is the last word", $"{given.Channel} 消息没有等到回执，以“已交给厂商”为准"),
            StepFact.MessageUnknown unknown => to.Say(
                $"nobody knows what became of the {unknown.Channel} message{Said(unknown.Text)}", $"{unknown.Channel} 消息的结果无人知道{Said(unknown.Text)}"),
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
