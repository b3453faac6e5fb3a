using System.Collections.Frozen;

namespace Automation.Server.Telling;

/// <summary>What reasons mean, in plain words. A reason that people or connectors gave stays as it is.</summary>
internal static class ReasonWords
{
    private static readonly FrozenDictionary<string, (string English, string Chinese)> Words = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["trigger_not_matched"] = ("what happened is not what starts it", "发生的事不是触发条件"),
        ["audience_not_matched"] = ("not among those who may enter", "不在可进入的人之内"),
        ["already_enrolled"] = ("is in it already", "已经在旅程中"),
        ["entered_before"] = ("was in it before", "以前进入过"),
        ["too_late"] = ("the event is too old", "事件太旧"),
        ["held_out"] = ("in the control group", "属于对照组"),
        ["journey_paused"] = ("the journey is paused", "旅程已暂停"),
        ["existing_not_counted"] = ("matched before it was published", "发布之前就已满足"),
        ["too_many_enrollments"] = ("in too many journeys at once", "同时在太多旅程中"),
        ["no_address"] = ("no address on this channel", "没有这个渠道的地址"),
        ["no_consent"] = ("no consent", "没有授权"),
        ["no_quota"] = ("quota used up", "配额用完"),
        ["frequency_cap"] = ("too many messages of late", "近期消息太多"),
        ["quiet_hours"] = ("quiet hours", "免打扰时段"),
        ["render_failed"] = ("the template could not be rendered", "模板无法生成内容"),
        ["too_large"] = ("too long for the channel", "超过渠道长度"),
        ["retry_later"] = ("the vendor asks to come later", "厂商要求稍后再发"),
        ["fix_configuration"] = ("the account is not set up right", "账号配置有误"),
        ["bad_address"] = ("the address does not exist", "地址不存在"),
        ["quota_gone"] = ("the vendor’s quota is used up", "厂商额度用完"),
        ["content_refused"] = ("the vendor refuses the content", "厂商拒绝此内容"),
        ["unknown_outcome"] = ("nobody knows what became of it", "无人知道结果"),
        ["attempts_exhausted"] = ("tried too often", "重试次数用完"),
        ["superseded"] = ("replaced by another message", "已被另一条消息取代"),
        ["no_account"] = ("no account for the channel", "渠道没有账号"),
        ["timed_out"] = ("no answer in time", "超时没有回答"),
        ["exit_rule"] = ("an exit event came", "发生了退出事件"),
        ["exit_step"] = ("the end step", "到达结束步骤"),
        ["step_failed"] = ("a step failed", "步骤失败"),
        ["step_gone"] = ("the step is gone", "步骤已不存在"),
        ["version_exited"] = ("ended with its version", "随版本结束"),
        ["step_limit"] = ("too many steps at once", "一次经过太多步骤"),
        ["invariant_broken"] = ("a fault of the engine", "引擎的故障"),
        ["merged"] = ("became part of another contact", "已并入另一位联系人"),
        ["unknown_message"] = ("no such message", "没有这条消息"),
        ["already_replayed"] = ("replayed already", "已经重放过"),
        ["hold_released"] = ("was held back and is let go", "曾被扣住，现已放行"),
        ["message_settled"] = ("its outcome is known already", "结果已经知道"),
        ["unknown_journey"] = ("no such journey", "没有这个旅程"),
        ["unknown_enrollment"] = ("not on the way", "不在旅程中"),
        ["not_stuck"] = ("is not stuck", "没有卡住"),
        ["nothing_due"] = ("nothing is due", "没有到期的事"),
        ["nothing_to_change"] = ("nothing would change", "没有变化"),
        ["erased"] = ("the person was erased", "个人信息已删除"),
        ["contact_merged"] = ("is part of another contact", "已并入另一位联系人"),
        ["deadline_changed"] = ("the deadline moved", "期限已变"),
        ["emit_depth"] = ("events emit events too deep", "事件连环太深"),
        ["identity_taken"] = ("the identity is somebody else’s", "身份属于别人"),
        ["clock_ahead"] = ("the sender’s clock is ahead", "发送方时钟超前"),
        ["ended_by_hand"] = ("ended by hand", "手动结束"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The code is what people filter by, so it always stands there.</summary>
    public static string Of(string? reason, Wording wording) =>
        reason is null ? ""
        : Words.TryGetValue(reason, out var words) ? wording.Say($"{words.English} ({reason})", $"{words.Chinese}（{reason}）")
        : reason;

    public static bool Knows(string reason) => Words.ContainsKey(reason);
}
