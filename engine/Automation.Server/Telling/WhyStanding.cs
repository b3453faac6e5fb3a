using Automation.Core.Contacts;
using Automation.Core.Deciding;
using NodaTime;

namespace Automation.Server.Telling;

/// <summary>Where a contact stands now, in one journey or in all.</summary>
internal static class WhyStanding
{
    public static string Of(Contact? contact, string? journey, List<(Instant At, Fact Fact)> facts, Wording to)
    {
        if (contact?.IsErased == true)
        {
            return to.Say("this person was erased.", "此人的个人信息已删除。");
        }
        if (contact?.MergedInto is { } survivor)
        {
            return to.Say(
                (FormattableString)$"this contact turned out to be contact {survivor}; ask about that one.", $"此人就是联系人 {survivor}，请查那一位。");
        }
        var here = contact?.Enrollments.Where(one => journey is null || one.Journey == journey)
            .Select(one => journey is null ? $"{one.Journey}: {Place(one, to)}" : Place(one, to)).ToList() ?? [];
        if (here.Count > 0)
        {
            return $"{string.Join(to.Say("; ", "；"), here)}{to.Say(".", "。")}";
        }
        if (journey is null)
        {
            return to.Say("in no journey.", "不在任何旅程中。");
        }
        return facts.FindLast(one => one.Fact is JourneyFact.NotEnrolled or JourneyFact.Enrolled or StepFact.Completed or StepFact.Exited).Fact switch
        {
            JourneyFact.NotEnrolled no => to.Say($"not in the journey: {ReasonWords.Of(no.Reason, to)}.", $"不在旅程中：{ReasonWords.Of(no.Reason, to)}。"),
            StepFact.Completed => to.Say("came to the end of the journey.", "已走完旅程。"),
            StepFact.Exited exited => to.Say($"left the journey: {ReasonWords.Of(exited.Reason, to)}.", $"已离开旅程：{ReasonWords.Of(exited.Reason, to)}。"),
            _ => to.Say("not in the journey; nothing that happened concerned it.", "不在旅程中；没有发生过与它有关的事。"),
        };
    }

    private static string Place(Enrollment enrollment, Wording to) => enrollment switch
    {
        { HeldSince: { } since } => to.Say(
            $"held at '{enrollment.Step}' since {to.Show(since)}, because the journey is paused", $"旅程暂停，自 {to.Show(since)} 起扣在“{enrollment.Step}”"),
        { Status: EnrollmentStatus.Stuck } => to.Say(
            $"stuck at '{enrollment.Step}', waiting for a person: {ReasonWords.Of(enrollment.StuckReason, to)}",
            $"卡在“{enrollment.Step}”，等人处理：{ReasonWords.Of(enrollment.StuckReason, to)}"),
        { WakeAt: { } wake } => to.Say($"at '{enrollment.Step}' until {to.Show(wake)}", $"在“{enrollment.Step}”，到 {to.Show(wake)}"),
        _ => to.Say($"at '{enrollment.Step}'", $"在“{enrollment.Step}”"),
    };
}
