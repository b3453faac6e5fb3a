using System.Text.RegularExpressions;

namespace Automation.Server.Telling;

/// <summary>What people and programs do, in words: who acts, which command, and where personal data was looked at.</summary>
internal static partial class ActionWords
{
    /// <summary><c>user:lin</c> is lin; a key keeps its id, by which it is found.</summary>
    public static string Actor(string actor, Wording to) => actor.Split(':', 2) switch
    {
        ["user", var name] => name,
        ["key", var id] => to.Say($"key {id}", $"密钥 {id}"),
        _ => actor == "command line" ? to.Say(actor, "命令行") : actor,
    };

    /// <summary>The stimulus of a rejection, or the command in a cause.</summary>
    public static string Command(string name, Wording to) => name switch
    {
        "event" => to.Say("the event", "事件"),
        "timer" => to.Say("the time", "时间"),
        "outcome" => to.Say("news of the message", "消息的结果"),
        "schedule" => to.Say("the calendar", "日历"),
        "sweep" => to.Say("looking at everybody", "检查所有人"),
        "merge" or "absorb" or "was_absorbed" => to.Say("two contacts becoming one", "联系人合并"),
        "command" => to.Say("what was asked", "所要求的操作"),
        "enroll" => to.Say("enrolling by hand", "手动加入旅程"),
        "end_enrollment" => to.Say("ending the enrollment", "结束旅程"),
        "retry_step" => to.Say("trying the step again", "重试步骤"),
        "skip_step" => to.Say("skipping the step", "跳过步骤"),
        "change_version" => to.Say("moving to the new version", "换到新版本"),
        "release" => to.Say("going on after the pause", "暂停后继续"),
        "replay_message" => to.Say("replaying the failed message", "重放失败消息"),
        "change_tags" => to.Say("changing tags", "修改标签"),
        "change_lists" => to.Say("changing lists", "修改名单"),
        "change_consent" => to.Say("changing consent", "修改授权"),
        "change_quota" => to.Say("changing a quota", "修改配额"),
        "erase" => to.Say("erasing the person", "删除个人信息"),
        "note_sight" => to.Say("showing personal data", "显示个人信息"),
        "note_export" => to.Say("exporting personal data", "导出个人信息"),
        _ => name.Replace('_', ' '),
    };

    /// <summary>A page or call by its path, with the object it was about. Older facts have the route's pattern in place of the object.</summary>
    public static string Place(string where, Wording to)
    {
        var path = Pattern().Replace(where, "").TrimEnd('/');
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["api", "contacts"] => to.Say("the list of contacts", "联系人列表"),
            ["api", "contacts", "export"] or ["api", "contacts", _, "export"] => to.Say("the export of the contact", "导出联系人"),
            ["api", "contacts", "timeline"] or ["api", "contacts", _, "timeline"] => to.Say("the contact's timeline", "联系人时间线"),
            ["api", "contacts", var id] => to.Say($"the page of contact {id}", $"联系人 {id} 的页面"),
            ["api", "messages"] => to.Say("the list of messages", "消息列表"),
            ["api", "messages", var id] => to.Say($"message {id}", $"消息 {id}"),
            ["api", "sandbox", "mailbox"] => to.Say("the sandbox mailbox", "沙箱信箱"),
            _ => where == "command line" ? to.Say(where, "命令行") : path,
        };
    }

    [GeneratedRegex(@"\{[^}/]*\}/?", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
