using Automation.Core.Contacts;
using Automation.Core.Journeys;

namespace Automation.Server.Telling;

/// <summary>
/// Why there is not one fact between a contact and a journey: it was not live, or nothing that it listens to ever happened. An event that
/// came and did not match would have left a fact.
/// </summary>
internal static class WhyNever
{
    public static string Tell(Contact? contact, JourneyLife life, Wording to)
    {
        if (life.Definition?.PublishedVersion is null or 0)
        {
            return to.Say("Never entered: the journey was never published.", "从未进入：旅程从未发布。");
        }
        var trigger = life.Journey is { } journey && contact is not null ? Of(journey.Trigger, contact, life, to) : "";
        var state = life.State.IsArchived ? to.Say(" The journey is archived, and enrols nobody any more.", "旅程已归档，不再有人进入。")
            : life.State.Pause is not null ? to.Say(" The journey is paused, and enrols nobody meanwhile.", "旅程已暂停，期间没有人进入。")
            : "";
        var since = life.Published is { } at ? to.Say($" It is live since {to.Show(at)}.", $"旅程自 {to.Show(at)} 起发布。") : "";
        return $"{to.Say("Never entered. ", "从未进入。")}{trigger}{state}{since}";
    }

    private static string Of(Trigger trigger, Contact contact, JourneyLife life, Wording to) => trigger switch
    {
        Trigger.OnEvent on => OfEvent(on.Event, contact, life, to),
        Trigger.OnNotDone on => OfEvent(on.Did.Event, contact, life, to),
        Trigger.OnKeyword on => to.Say(
            $"No message of theirs said one of: {string.Join(", ", on.Keywords)}.", $"此人没有发来含有这些词的消息：{string.Join("、", on.Keywords)}。"),
        Trigger.OnDormant on => to.Say(
            $"It waits for {on.For.TotalDays:0.##} days without activity, counted from {to.Show(contact.LastActivity ?? contact.FirstSeen)}; that time has not come.",
            $"要 {on.For.TotalDays:0.##} 天没有活动才进入，从 {to.Show(contact.LastActivity ?? contact.FirstSeen)} 算起，时间未到。"),
        Trigger.OnTag on => to.Say(
            $"It waits for the tag {on.Tag} to be {(on.Change == TagChange.Added ? "added" : "removed")}, and that did not happen while it was live; now the contact {(contact.Tags.Contains(on.Tag) ? "has" : "does not have")} it.",
            $"要{(on.Change == TagChange.Added ? "加上" : "去掉")}标签 {on.Tag} 才进入，发布期间没有发生；此人现在{(contact.Tags.Contains(on.Tag) ? "有" : "没有")}这个标签。"),
        Trigger.OnSegment on => to.Say(
            $"It waits for who {(on.Change == SegmentChange.Entered ? "comes into" : "leaves")} the segment {on.Segment}, and that did not happen while it was live; now the contact is {(contact.Segments.Contains(on.Segment) ? "in" : "not in")} it.",
            $"要{(on.Change == SegmentChange.Entered ? "进入" : "离开")}人群 {on.Segment} 才进入，发布期间没有发生；此人现在{(contact.Segments.Contains(on.Segment) ? "在" : "不在")}其中。"),
        Trigger.OnDate on => to.Say(
            $"It waits for a day of contact.{on.Attribute}, which is {(HasValue(contact, on.Attribute) ? "known" : "missing")}; that day has not come while it was live.",
            $"按 contact.{on.Attribute} 的日期进入，此人{(HasValue(contact, on.Attribute) ? "有" : "没有")}这个日期；发布期间还没有到那一天。"),
        Trigger.OnSchedule on => to.Say(
            $"It asks people by the calendar ({on.Cron}); that has not come, or this contact was not there yet.", $"按日历（{on.Cron}）进入；时间未到，或当时还没有此人。"),
        _ => to.Say("It starts only by hand or by the API, and nobody asked.", "只能手动或通过接口进入，没有人要求过。"),
    };

    private static string OfEvent(string name, Contact contact, JourneyLife life, Wording to)
    {
        if (Histories.Find(contact.Histories, name) is not { } history)
        {
            return to.Say(
                $"No event {name} ever came from this contact, known since {to.Show(contact.FirstSeen)}.", $"此人自 {to.Show(contact.FirstSeen)} 起从未发生 {name}。");
        }
        return life.Published is { } live && history.Last < live
            ? to.Say($"The last {name} was at {to.Show(history.Last)}, before the journey went live.", $"最近一次 {name} 在 {to.Show(history.Last)}，当时旅程还没有发布。")
            : to.Say(
                $"The last {name} was at {to.Show(history.Last)}, and no decision about it is kept: it came as history, the journey did not listen to it then, or retention dropped it.",
                $"最近一次 {name} 在 {to.Show(history.Last)}，没有留下相关的决定：它是作为历史导入的，或当时旅程没有监听它，或记录已到保存期限。");
    }

    // Not the value: it may be personal.
    private static bool HasValue(Contact contact, string attribute) => contact.Attributes.Find(attribute) is not null;
}
