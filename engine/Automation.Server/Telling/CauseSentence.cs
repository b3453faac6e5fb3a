using Automation.Core.Contacts;

namespace Automation.Server.Telling;

/// <summary>Why something was decided just then.</summary>
internal static class CauseSentence
{
    public static string Of(string cause, Dictionary<string, ContactEvent> events, Wording to)
    {
        var colon = cause.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = colon > 0 ? (cause[..colon], cause[(colon + 1)..]) : (cause, "");
        return kind switch
        {
            "event" when events.TryGetValue(rest, out var happened) => to.Say($"because of the event {happened.Name}", $"因为发生了 {happened.Name}"),
            "event" => to.Say($"because of the event {rest}", $"因为事件 {rest}"),
            "timer" => to.Say("because the time came", "因为时间到了"),
            "outcome" => to.Say("because the connector told what became of the message", "因为得知了消息的结果"),
            "command" => to.Say($"because someone asked for it: {ActionWords.Command(rest, to)}", $"因为有人操作：{ActionWords.Command(rest, to)}"),
            "schedule" => to.Say("because the schedule fired", "因为日历时间到了"),
            "sweep" => to.Say("because the journey was published, or its segment saved", "因为旅程发布了，或其人群保存了"),
            _ => to.Say($"because of {cause}", $"因为 {cause}"),
        };
    }
}
