using Automation.Core.Deciding;
using NodaTime;

namespace Automation.Server.Telling;

/// <summary>What people changed in the workspace, as plain sentences.</summary>
internal static class WorkspaceSentence
{
    public static string Of(WorkspaceFact fact, Wording to) => fact switch
    {
        WorkspaceFact.DefinitionSaved saved => to.Say(
            (FormattableString)$"{Kind(saved.Kind, to)} {saved.Key} saved, version {saved.Version}", $"保存{Kind(saved.Kind, to)} {saved.Key}，版本 {saved.Version}"),
        WorkspaceFact.DefinitionDeleted deleted => to.Say($"{Kind(deleted.Kind, to)} {deleted.Key} deleted", $"删除{Kind(deleted.Kind, to)} {deleted.Key}"),
        WorkspaceFact.JourneyPublished published => to.Say(
            (FormattableString)$"version {published.Version} published; people on the way {InFlight(published.InFlight, to)}{ApprovalSentence.Behind(published, to)}",
            $"发布版本 {published.Version}；在途的人{InFlight(published.InFlight, to)}{ApprovalSentence.Behind(published, to)}"),
        WorkspaceFact.JourneyWasPaused { Time: PauseTime.StandsStill } => to.Say("paused, time stands still", "暂停，时间停住"),
        WorkspaceFact.JourneyWasPaused => to.Say("paused, time keeps counting", "暂停，时间照走"),
        WorkspaceFact.JourneyResumed resumed => to.Say(
            (FormattableString)$"resumed; {resumed.Held} held, spread over {Spread(resumed):c}", $"恢复；扣住 {resumed.Held} 人，分散在 {Spread(resumed):c} 内"),
        WorkspaceFact.JourneyArchived => to.Say("archived", "归档"),
        WorkspaceFact.ScheduleSwept swept => to.Say(
            $"the schedule fired; {Counted.Of(swept.Contacts, "contact was asked", "contacts were asked")}", (FormattableString)$"日历时间到；问过 {swept.Contacts} 位联系人"),
        WorkspaceFact.MessagesHeld held => to.Say(
            (FormattableString)$"messages of {TargetWords.Of(held.Scope, held.Key, to)} held ({fact.Reason}); {held.Waiting} waited", $"扣住 {TargetWords.Of(held.Scope, held.Key, to)} 的消息（{fact.Reason}）；等待中 {held.Waiting} 条"),
        WorkspaceFact.MessagesReleased released => to.Say(
            (FormattableString)$"messages of {TargetWords.Of(released.Scope, released.Key, to)} released, held since {to.Show(released.HeldSince)}; {released.Waiting} waited",
            $"放行 {TargetWords.Of(released.Scope, released.Key, to)} 的消息，自 {to.Show(released.HeldSince)} 扣住；等待中 {released.Waiting} 条"),
        WorkspaceFact.BulkActionStarted bulk => to.Say(
            (FormattableString)$"{Action(bulk.Action, to)} began for {bulk.Before} ({TargetWords.Of(bulk.Target, to)}): {fact.Reason}",
            $"开始{Action(bulk.Action, to)}，共 {bulk.Before}（{TargetWords.Of(bulk.Target, to)}）：{fact.Reason}"),
        WorkspaceFact.BulkActionEnded bulk => to.Say(
            (FormattableString)$"{Action(bulk.Action, to)}: {bulk.Asked} of {bulk.Before} asked, {bulk.After} still on the list{Why(fact)}",
            $"{Action(bulk.Action, to)}：{bulk.Before} 中处理了 {bulk.Asked}，仍在列 {bulk.After}{Why(fact)}"),
        WorkspaceFact.Imported imported => to.Say(
            (FormattableString)$"{imported.Rows} {imported.What} imported, {imported.Rejected} rejected", $"导入{(imported.What == "contacts" ? "联系人" : imported.What == "events" ? "事件" : imported.What)} {imported.Rows} 行，拒收 {imported.Rejected} 行"),
        WorkspaceFact.EventsRejected rejected => to.Say(
            (FormattableString)$"{rejected.Count} refused at the door ({fact.Reason}){(rejected.Pointer.Length > 0 ? $" at {rejected.Pointer}" : "")}: {rejected.Text}",
            $"拒收 {rejected.Count} 个事件（{fact.Reason}）{rejected.Pointer}：{rejected.Text}"),
        _ => ApprovalSentence.Of(fact, to) ?? AccessSentence.Of(fact, to) ?? FactJson.Kind(fact),
    };

    private static string Action(string action, Wording to) => action switch
    {
        "replay_failed" => to.Say("replaying failed messages", "重放失败消息"),
        "exit_people" => to.Say("exiting people in bulk", "批量退出"),
        "settle_outcomes" => to.Say("settling unknown outcomes", "认定未知结果"),
        "ask_outcomes" => to.Say("asking vendors about unknown outcomes", "向厂商询问未知结果"),
        "replay_dead_letters" => to.Say("putting dead letters back", "放回死信"),
        "discard_dead_letters" => to.Say("discarding dead letters", "丢弃死信"),
        "hide_earlier" => to.Say("hiding personal data of an earlier time", "加密早先的个人信息"),
        _ => action,
    };

    private static string Why(WorkspaceFact fact) => fact.Reason is { } reason ? $" ({reason})" : "";

    private static string Kind(string kind, Wording to) => kind switch
    {
        "journey" => to.Say(kind, "旅程"),
        "template" => to.Say(kind, "模板"),
        "segment" => to.Say(kind, "人群"),
        "settings" => to.Say(kind, "设置"),
        "account" => to.Say(kind, "账号"),
        _ => kind,
    };

    private static TimeSpan Spread(WorkspaceFact.JourneyResumed resumed) => Duration.FromSeconds(resumed.Spread.TotalSeconds).ToTimeSpan();

    private static string InFlight(InFlightChoice choice, Wording to) => choice switch
    {
        InFlightChoice.Move => to.Say("move to it", "迁移到新版本"),
        InFlightChoice.Exit => to.Say("leave", "退出"),
        _ => to.Say("stay on their version", "留在原版本"),
    };
}
