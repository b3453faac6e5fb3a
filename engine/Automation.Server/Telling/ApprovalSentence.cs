using Automation.Core.Deciding;

namespace Automation.Server.Telling;

/// <summary>Facts about who asked to publish and who agreed, as plain sentences.</summary>
internal static class ApprovalSentence
{
    private const string PersonPrefix = "user:";

    /// <returns>Null for a fact of another kind.</returns>
    public static string? Of(WorkspaceFact fact, Wording to) => fact switch
    {
        WorkspaceFact.ApprovalAsked asked => to.Say(
            (FormattableString)$"asked for approval, request {asked.Number}{Comment(fact)}", $"申请审批（第 {asked.Number} 次）{CommentZh(fact)}"),
        WorkspaceFact.ApprovalGiven given => to.Say(
            (FormattableString)$"approved request {given.Number} of {Who(given.AskedBy)}{Comment(fact)}", $"批准 {Who(given.AskedBy)} 的申请（第 {given.Number} 次）{CommentZh(fact)}"),
        WorkspaceFact.ApprovalRejected rejected => to.Say(
            (FormattableString)$"rejected request {rejected.Number} of {Who(rejected.AskedBy)}{Comment(fact)}",
            $"驳回 {Who(rejected.AskedBy)} 的申请（第 {rejected.Number} 次）{CommentZh(fact)}"),
        WorkspaceFact.ApprovalWithdrawn withdrawn => to.Say(
            (FormattableString)$"withdrew request {withdrawn.Number}", $"撤回申请（第 {withdrawn.Number} 次）"),
        WorkspaceFact.ApprovalVoided { ApprovedBy: { } approver } voided => to.Say(
            (FormattableString)$"request {voided.Number} of {Who(voided.AskedBy)}, approved by {Who(approver)}, became void: the journey was changed",
            $"{Who(voided.AskedBy)} 的申请（第 {voided.Number} 次，{Who(approver)} 已批准）作废：旅程有改动"),
        WorkspaceFact.ApprovalVoided voided => to.Say(
            (FormattableString)$"request {voided.Number} of {Who(voided.AskedBy)} became void: the journey was changed",
            $"{Who(voided.AskedBy)} 的申请（第 {voided.Number} 次）作废：旅程有改动"),
        WorkspaceFact.ApprovalWasSet set => to.Say(
            $"approval before publishing is {set.After}, was {set.Before}", $"发布前审批：由“{Need(set.Before)}”改为“{Need(set.After)}”"),
        _ => null,
    };

    /// <summary>On whose approval a version went live; empty where it stands on none.</summary>
    public static string Behind(WorkspaceFact.JourneyPublished published, Wording to) => published is { AskedBy: { } asker, ApprovedBy: { } approver }
        ? to.Say($"; asked for by {Who(asker)}, approved by {Who(approver)}", $"；{Who(asker)} 申请，{Who(approver)} 批准")
        : "";

    private static string Comment(WorkspaceFact fact) => fact.Reason is { } comment ? $": {comment}" : "";

    private static string CommentZh(WorkspaceFact fact) => fact.Reason is { } comment ? $"：{comment}" : "";

    private static string Need(string value) => value == "required" ? "需要" : "不需要";

    private static string Who(string actor) => actor.StartsWith(PersonPrefix, StringComparison.Ordinal) ? actor[PersonPrefix.Length..] : actor;
}
