using Automation.Core.Deciding;
using NodaTime;

namespace Automation.Server.Telling;

/// <summary>What people changed in the workspace, as plain sentences.</summary>
internal static class WorkspaceSentence
{
    public static string Of(WorkspaceFact fact, Wording to) => fact switch
    {
        WorkspaceFact.DefinitionSaved saved => to.Say(
            (FormattableString)$"{saved.Kind} {saved.Key} saved, version {saved.Version}", $"保存 {saved.Kind} {saved.Key}，版本 {saved.Version}"),
        WorkspaceFact.DefinitionDeleted deleted => to.Say($"{deleted.Kind} {deleted.Key} deleted", $"删除 {deleted.Kind} {deleted.Key}"),
        WorkspaceFact.JourneyPublished published => to.Say(
            (FormattableString)$"version {published.Version} published; people on the way {InFlight(published.InFlight, to)}",
            $"发布版本 {published.Version}；在途的人{InFlight(published.InFlight, to)}"),
        WorkspaceFact.JourneyWasPaused { Time: PauseTime.StandsStill } => to.Say("paused, time stands still", "暂停，时间停住"),
        WorkspaceFact.JourneyWasPaused => to.Say("paused, time keeps counting", "暂停，时间照走"),
        WorkspaceFact.JourneyResumed resumed => to.Say(
            (FormattableString)$"resumed; {resumed.Held} held, spread over {Spread(resumed):c}", $"恢复；扣住 {resumed.Held} 人，分散在 {Spread(resumed):c} 内"),
        WorkspaceFact.JourneyArchived => to.Say("archived", "归档"),
        WorkspaceFact.ScheduleSwept swept => to.Say(
            (FormattableString)$"the schedule fired; {swept.Contacts} contacts were asked", $"日历时间到；问过 {swept.Contacts} 位联系人"),
        WorkspaceFact.MessagesHeld held => to.Say(
            (FormattableString)$"messages of {Scope(held.Scope, held.Key)} held ({fact.Reason}); {held.Waiting} waited", $"扣住 {Scope(held.Scope, held.Key)} 的消息（{fact.Reason}）；等待中 {held.Waiting} 条"),
        WorkspaceFact.MessagesReleased released => to.Say(
            (FormattableString)$"messages of {Scope(released.Scope, released.Key)} released, held since {to.Show(released.HeldSince)}; {released.Waiting} waited",
            $"放行 {Scope(released.Scope, released.Key)} 的消息，自 {to.Show(released.HeldSince)} 扣住；等待中 {released.Waiting} 条"),
        WorkspaceFact.BulkActionStarted bulk => to.Say(
            (FormattableString)$"{Action(bulk.Action, to)} began for {bulk.Before} ({bulk.Target}): {fact.Reason}",
            $"开始{Action(bulk.Action, to)}，共 {bulk.Before}（{bulk.Target}）：{fact.Reason}"),
        WorkspaceFact.BulkActionEnded bulk => to.Say(
            (FormattableString)$"{Action(bulk.Action, to)}: {bulk.Asked} of {bulk.Before} asked, {bulk.After} left{Why(fact)}",
            $"{Action(bulk.Action, to)}：{bulk.Before} 中处理了 {bulk.Asked}，余下 {bulk.After}{Why(fact)}"),
        WorkspaceFact.Imported imported => to.Say(
            (FormattableString)$"{imported.Rows} {imported.What} imported, {imported.Rejected} rejected", $"导入 {imported.What} {imported.Rows} 行，拒收 {imported.Rejected} 行"),
        WorkspaceFact.EventsRejected rejected => to.Say(
            (FormattableString)$"{rejected.Count} refused at the door ({fact.Reason}){(rejected.Pointer.Length > 0 ? $" at {rejected.Pointer}" : "")}: {rejected.Text}",
            $"拒收 {rejected.Count} 个事件（{fact.Reason}）{rejected.Pointer}：{rejected.Text}"),
        _ => AccessSentence.Of(fact, to) ?? FactJson.Kind(fact),
    };

    private static string Action(string action, Wording to) => action switch
    {
        "replay_failed" => to.Say("replaying failed messages", "重放失败消息"),
        "exit_people" => to.Say("ending enrollments", "批量退出"),
        "settle_outcomes" => to.Say("settling unknown outcomes", "认定未知结果"),
        "ask_outcomes" => to.Say("asking vendors about unknown outcomes", "向厂商询问未知结果"),
        "replay_dead_letters" => to.Say("putting dead letters back", "放回死信"),
        "discard_dead_letters" => to.Say("discarding dead letters", "丢弃死信"),
        _ => action,
    };

    private static string Why(WorkspaceFact fact) => fact.Reason is { } reason ? $" ({reason})" : "";

    private static string Scope(string scope, string key) => key.Length > 0 ? $"{scope} {key}" : scope;

    private static TimeSpan Spread(WorkspaceFact.JourneyResumed resumed) => Duration.FromSeconds(resumed.Spread.TotalSeconds).ToTimeSpan();

    private static string InFlight(InFlightChoice choice, Wording to) => choice switch
    {
        InFlightChoice.Move => to.Say("move to it", "迁移到新版本"),
        InFlightChoice.Exit => to.Say("leave", "退出"),
        _ => to.Say("stay on their version", "留在原版本"),
    };
}
