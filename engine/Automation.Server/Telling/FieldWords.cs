namespace Automation.Server.Telling;

/// <summary>
/// What was looked at, in words. <c>contact.city</c> and <c>event.amount</c> stay: so people write them in rules and templates. What the
/// engine names by itself is told.
/// </summary>
internal static class FieldWords
{
    private const string Within = " within ";

    public static string Of(string field, Wording to)
    {
        var within = field.IndexOf(Within, StringComparison.Ordinal);
        if (within > 0)
        {
            var (inner, span) = (Of(field[..within], to), SpanWords.Of(field[(within + Within.Length)..], to));
            return to.Say($"{inner} within {span}", $"{span}内的{inner}");
        }
        return field switch
        {
            "contact.local_time" => to.Say("the contact's local time", "联系人的当地时间"),
            "contact.last_activity" => to.Say("last activity", "最近一次活动"),
            "contact.first_seen" => to.Say("first seen", "首次出现"),
            "tags" => to.Say("tags", "标签"),
            "segments" => to.Say("segments", "所在人群"),
            "lists" => to.Say("lists", "所在名单"),
            "sends" => to.Say("messages", "消息数"),
            "enrollment" => to.Say("an enrollment on its way", "正在进行的旅程"),
            "enrollment.last" => to.Say("the last time of entering", "上次进入的时间"),
            "event.age" => to.Say("the event's age", "事件已过去的时间"),
            "event.text" => to.Say("the text they wrote", "对方发来的文字"),
            "event.channel" => to.Say("the channel they wrote on", "对方所用的渠道"),
            "holdout" or "workspace.holdout" => to.Say("the draw for the control group", "对照组抽签值"),
            "split.holdout" => to.Say("being in the control group", "属于对照组"),
            "content.text.length" => to.Say("the text's length", "文字长度"),
            "content.bytes" => to.Say("the content's size in bytes", "内容字节数"),
            _ => OfNamed(field, to),
        };
    }

    private static string OfNamed(string field, Wording to) => field.Split('.', 2) switch
    {
        ["sends", var channel] => to.Say($"{ChannelWords.Of(channel, to)} messages", $"{ChannelWords.Of(channel, to)}条数"),
        ["consent", var channel] => to.Say($"consent for {ChannelWords.Of(channel, to)}", $"{ChannelWords.Of(channel, to)}授权"),
        ["quota", var quota] => to.Say($"quota {quota}", $"配额 {quota}"),
        ["identity", var type] => ChannelWords.Address(type, to),
        ["history", var rest] => OfHistory(field, rest, to),
        _ => field,
    };

    private static string OfHistory(string field, string rest, Wording to)
    {
        var sum = rest.LastIndexOf(".sum:", StringComparison.Ordinal);
        if (sum > 0)
        {
            return to.Say($"the sum of {rest[(sum + 5)..]} over {rest[..sum]}", $"{rest[..sum]} 的 {rest[(sum + 5)..]} 合计");
        }
        var dot = rest.LastIndexOf('.');
        return dot < 0 ? field : rest[(dot + 1)..] switch
        {
            "count" => to.Say($"how often {rest[..dot]}", $"{rest[..dot]} 的次数"),
            "first" => to.Say($"the first {rest[..dot]}", $"首次 {rest[..dot]}"),
            "last" => to.Say($"the last {rest[..dot]}", $"最近一次 {rest[..dot]}"),
            _ => field,
        };
    }
}
