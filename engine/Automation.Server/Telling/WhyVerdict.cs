using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.Telling;

/// <summary>The short answer before the chain: what became of it, and the values that decided.</summary>
internal static class WhyVerdict
{
    /// <summary>Refusals that are told in full; of more there is the chain.</summary>
    private const int RefusalsMax = 5;

    public static string OfJourney(Core.Contacts.Contact? contact, string journey, List<(Instant At, Fact Fact)> facts, Wording to)
    {
        var sentences = new List<string>();
        var entered = facts.Where(one => one.Fact is JourneyFact.Enrolled).ToList();
        var notEntered = facts.Where(one => one.Fact is JourneyFact.NotEnrolled).ToList();
        if (entered.Count > 0)
        {
            sentences.Add(to.Say(
                (FormattableString)$"Entered {(entered.Count == 1 ? "" : $"{entered.Count} times, last ")}at {to.Show(entered[^1].At)}.",
                $"进入过 {entered.Count} 次，最近在 {to.Show(entered[^1].At)}。"));
            sentences.AddRange(facts.Where(one => one.At >= entered[^1].At && IsRefusal(one.Fact)).TakeLast(RefusalsMax).Select(one => Told(one, to)));
            sentences.AddRange(facts.Where(one => one.Fact is StepFact.Completed or StepFact.Exited && one.At >= entered[^1].At).TakeLast(1).Select(one => Told(one, to)));
        }
        else if (notEntered.Count > 0)
        {
            // Of each reason the last one, with what it looked at.
            sentences.Add(to.Say("Never entered.", "从未进入。"));
            sentences.AddRange(notEntered.GroupBy(one => one.Fact.Reason).OrderByDescending(group => group.Last().At).Take(RefusalsMax)
                .Select(group => group.Count() == 1
                    ? Told(group.Last(), to)
                    : to.Say((FormattableString)$"{group.Count()} times, last {Told(group.Last(), to)}", $"{group.Count()} 次，最近一次：{Told(group.Last(), to)}")));
        }
        else if (contact?.Armed.FirstOrDefault(one => one.Journey == journey) is { } armed)
        {
            sentences.Add(to.Say(
                $"Not yet: did {armed.EventName} at {to.Show(armed.Since)}; enters at {to.Show(armed.Due)} unless the other event comes before.",
                $"还没有：{to.Show(armed.Since)} 发生了 {armed.EventName}；到 {to.Show(armed.Due)} 若没有另一件事就进入。"));
        }
        else
        {
            sentences.AddRange(facts.TakeLast(1).Select(one => Told(one, to)));
        }
        return string.Join(to.IsChinese ? "" : " ", sentences);
    }

    public static string OfDay(string day, List<(Instant At, Fact Fact)> facts, Wording to)
    {
        if (facts.Count == 0)
        {
            return to.Say($"Nothing was decided about this contact on {day}.", $"{day} 没有关于此人的决定。");
        }
        var sentences = new List<string>
        {
            to.Say(
                $"{Counted.Of(facts.Count, "fact")} on {day}: {Counted.Of(facts.Count(one => one.Fact is StepFact.MessageSent), "message")} sent, {Counted.Of(facts.Count(one => IsRefusal(one.Fact)), "time")} held back or failed, {Counted.Of(facts.Count(one => one.Fact is JourneyFact.NotEnrolled), "time")} not entered.",
                (FormattableString)$"{day} 有 {facts.Count} 条事实：发出 {facts.Count(one => one.Fact is StepFact.MessageSent)} 条消息，未发或失败 {facts.Count(one => IsRefusal(one.Fact))} 次，未进入旅程 {facts.Count(one => one.Fact is JourneyFact.NotEnrolled)} 次。"),
        };
        sentences.AddRange(facts.Where(one => IsRefusal(one.Fact)).TakeLast(RefusalsMax).Select(one => Told(one, to)));
        return string.Join(to.IsChinese ? "" : " ", sentences);
    }

    public static string OfMessage(MessageRow message, Wording to)
    {
        var reason = ReasonWords.Of(message.Reason, to) is { Length: > 0 } words ? to.Say($": {words}", $"：{words}") : "";
        var at = to.Show(message.ChangedAt ?? message.QueuedAt);
        var channel = ChannelWords.Of(message.Channel, to);
        return to.Say(
            $"The {channel} message \"{message.Template}\" of {message.Journey} {State(message.Status, to)} since {at}{reason}.",
            $"{message.Journey} 的{channel}消息“{message.Template}”自 {at} 起：{State(message.Status, to)}{reason}。");
    }

    private static bool IsRefusal(Fact fact) => fact is StepFact.MessageSuppressed or StepFact.MessagePostponed or StepFact.MessageFailed
        or StepFact.MessageUnknown or StepFact.Stuck or StepFact.Held;

    /// <summary><c>2026-03-01 10:03:02, offer: sms message "hello" was not sent: … (event.amount is 80, needed &gt;= 100: no).</c></summary>
    private static string Told((Instant At, Fact Fact) one, Wording to)
    {
        var step = one.Fact is StepFact at ? to.Say($"{at.Step}: ", $"{at.Step}：") : "";
        // What matched is not what kept them out.
        var decisive = one.Fact.Looked.IsDefaultOrEmpty ? [] : one.Fact.Looked.Where(value => !value.Matched).Select(value => LookedSentence.Of(value, to)).ToList();
        if (decisive.Count == 0 && !one.Fact.Looked.IsDefaultOrEmpty)
        {
            decisive = [.. one.Fact.Looked.Select(value => LookedSentence.Of(value, to))];
        }
        var values = decisive.Count == 0 ? "" : to.Say($" ({string.Join("; ", decisive)})", $"（{string.Join("；", decisive)}）");
        return to.Say($"{to.Show(one.At)}, {step}{FactSentence.Of(one.Fact, to)}{values}.", $"{to.Show(one.At)}，{step}{FactSentence.Of(one.Fact, to)}{values}。");
    }

    private static string State(OutboxStatus status, Wording to) => status switch
    {
        OutboxStatus.Queued => to.Say("is queued", "等待发出"),
        OutboxStatus.Sending => to.Say("is being sent", "正在发出"),
        OutboxStatus.Sent => to.Say("is with the vendor", "厂商已接收"),
        OutboxStatus.Delivered => to.Say("is delivered", "已送达"),
        OutboxStatus.Failed => to.Say("has failed", "失败"),
        OutboxStatus.Cancelled => to.Say("is cancelled", "已取消"),
        _ => to.Say("has an unknown outcome", "结果未知"),
    };
}
