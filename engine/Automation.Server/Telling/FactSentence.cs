using Automation.Core.Deciding;

namespace Automation.Server.Telling;

/// <summary>A fact as one plain sentence for the people who drew the journey. The values it looked at stand in <see cref="LookedSentence"/>.</summary>
internal static class FactSentence
{
    public static string Of(Fact fact, Wording to)
    {
        var sentence = fact switch
        {
            StepFact step => StepSentence.Of(step, to),
            JourneyFact journey => OfJourney(journey, to),
            ContactFact contact => OfContact(contact, to),
            WorkspaceFact workspace => WorkspaceSentence.Of(workspace, to),
            _ => FactJson.Kind(fact),
        };
        return fact.Actor is { Length: > 0 } actor ? to.Say($"{sentence}, by {ActionWords.Actor(actor, to)}", $"{sentence}，操作者 {ActionWords.Actor(actor, to)}") : sentence;
    }

    private static string OfJourney(JourneyFact fact, Wording to) => fact switch
    {
        JourneyFact.Enrolled { Key: { } key } => to.Say($"entered the journey for {key}", $"因 {key} 进入旅程"),
        JourneyFact.Enrolled => to.Say("entered the journey", "进入旅程"),
        JourneyFact.NotEnrolled => to.Say($"did not enter: {ReasonWords.Of(fact.Reason, to)}", $"没有进入：{ReasonWords.Of(fact.Reason, to)}"),
        JourneyFact.TriggerArmed armed => to.Say(
            $"did the first part of the trigger; the other is looked for until {to.Show(armed.Due)}", $"触发条件的前一半已发生；后一半等到 {to.Show(armed.Due)}"),
        JourneyFact.TriggerDisarmed => to.Say("did the other part in time, so the trigger will not fire", "后一半及时发生，因此不会触发"),
        JourneyFact.TriggerFired fired => to.Say(
            $"the trigger's time came, {to.Show(fired.Due)}, counted from {to.Show(fired.BaseTime)}", $"触发时间已到：{to.Show(fired.Due)}，从 {to.Show(fired.BaseTime)} 算起"),
        JourneyFact.GoalWatched { Until: { } until } => to.Say($"the goal counts until {to.Show(until)}", $"目标计到 {to.Show(until)} 为止"),
        JourneyFact.GoalWatched => to.Say("the goal counts from now on", "从现在起计目标"),
        JourneyFact.GoalReached { Value: { } value } => to.Say(
            (FormattableString)$"reached the goal, worth {value}", $"达成目标，价值 {value}"),
        JourneyFact.GoalReached => to.Say("reached the goal", "达成目标"),
        JourneyFact.GoalMissed => to.Say("the goal's time passed without it", "期限内没有达成目标"),
        _ => FactJson.Kind(fact),
    };

    private static string OfContact(ContactFact fact, Wording to) => fact switch
    {
        ContactFact.StimulusRejected rejected => to.Say(
            $"{ActionWords.Command(rejected.Stimulus, to)} does not apply: {ReasonWords.Of(fact.Reason, to)}. {rejected.Text.TrimEnd('.')}",
            $"{ActionWords.Command(rejected.Stimulus, to)}不适用：{ReasonWords.Of(fact.Reason, to)}"),
        ContactFact.EventTooLate late => to.Say(
            $"{late.Event} of {to.Show(late.OccurredAt)} came too late to start anything; it counts as history",
            $"{to.Show(late.OccurredAt)} 的 {late.Event} 来得太晚，不再触发任何旅程，只计入历史"),
        ContactFact.TagsChanged tags => to.Say($"tags: {Changes(tags.Added, tags.Removed)}", $"标签：{Changes(tags.Added, tags.Removed)}"),
        ContactFact.ListsChanged lists => to.Say($"lists: {Changes(lists.Added, lists.Removed)}", $"名单：{Changes(lists.Added, lists.Removed)}"),
        ContactFact.ConsentChanged word => to.Say(
            $"{(word.Granted ? "gave" : "took back")} consent for {ChannelWords.Of(word.Channel, to)} ({word.Source})",
            $"{(word.Granted ? "授权" : "撤回授权")}{ChannelWords.Of(word.Channel, to)}（{word.Source}）"),
        ContactFact.QuotaChanged quota => to.Say(
            (FormattableString)$"quota {quota.Quota}: {quota.Amount:+0;-0}, now {quota.Balance}", $"配额 {quota.Quota}：{quota.Amount:+0;-0}，现为 {quota.Balance}"),
        ContactFact.SegmentEntered entered => to.Say($"came into segment {entered.Segment}", $"进入人群 {entered.Segment}"),
        ContactFact.SegmentLeft left => to.Say($"left segment {left.Segment}", $"离开人群 {left.Segment}"),
        ContactFact.ContactAbsorbed absorbed => to.Say(
            (FormattableString)$"contact {absorbed.Other} turned out to be this one", $"联系人 {absorbed.Other} 就是此人"),
        ContactFact.ContactMerged merged => to.Say((FormattableString)$"turned out to be contact {merged.Survivor}", $"此人就是联系人 {merged.Survivor}"),
        ContactFact.ContactErased erased => to.Say($"the person was erased ({erased.Why})", $"已删除此人的个人信息（{erased.Why}）"),
        ContactFact.PersonalSeen seen => to.Say(
            $"personal data was looked at in {ActionWords.Place(seen.Where, to)}", $"在{ActionWords.Place(seen.Where, to)}查看了个人信息"),
        ContactFact.PersonalExported exported => to.Say(
            $"all personal data was exported ({ActionWords.Place(exported.Where, to)})", $"导出了全部个人信息（{ActionWords.Place(exported.Where, to)}）"),
        _ => FactJson.Kind(fact),
    };

    private static string Changes(IEnumerable<string> added, IEnumerable<string> removed) =>
        string.Join(", ", added.Select(one => $"+{one}").Concat(removed.Select(one => $"-{one}")));
}
