using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Automation.Runtime.Ports;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Telling;

/// <summary>What a summary can be about and grouped by, and the links from its numbers.</summary>
internal static class SummaryWords
{
    /// <summary>Kinds of facts by what they are about; none means all.</summary>
    public static FrozenDictionary<string, ImmutableArray<string>> Kinds { get; } = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
    {
        ["held_back"] = ["message_suppressed", "message_postponed"],
        ["not_entered"] = ["not_enrolled"],
        ["failed"] = ["message_failed", "message_unknown", "stuck"],
        ["sent"] = ["message_sent"],
        ["delivered"] = ["message_delivered"],
        ["entered"] = ["enrolled"],
        ["ended"] = ["completed", "exited"],
        ["all"] = [],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ImmutableArray<string> Groupings { get; } = ["day", "journey", "step", "channel", "account", "kind", "reason"];

    public static string About(string about, long count, Wording to) => about switch
    {
        "held_back" => to.Say("held back", "未发或推迟"),
        "not_entered" => to.Say(count == 1 ? "time not entered" : "times not entered", "未进入"),
        "failed" => to.Say("failed", "失败"),
        "sent" => to.Say("sent", "已发"),
        "delivered" => to.Say("delivered", "已送达"),
        "entered" => to.Say("entered", "进入"),
        "ended" => to.Say("ended", "结束"),
        _ => to.Say(count == 1 ? "fact" : "facts", "记录"),
    };

    public static string Span(Instant from, Instant to) =>
        "from=" + Uri.EscapeDataString(InstantPattern.General.Format(TallyHours.Start(TallyHours.Of(from))))
        + "&to=" + Uri.EscapeDataString(InstantPattern.General.Format(TallyHours.Start(TallyHours.After(to))));

    /// <summary>The query that lists just the facts behind a number.</summary>
    /// <param name="span">The hours, by <see cref="Span"/>: all numbers of an answer have the same.</param>
    public static string Link(SummaryQuestion question, in TallyKey key, string span)
    {
        var link = new StringBuilder();
        var filter = question.Filter;
        var kinds = Kinds[question.About];
        Add("kind", key.Kind.Length > 0 ? key.Kind : filter.Kind ?? (kinds is [var only] ? only : null));
        // What people gave as reasons is one number, and no filter.
        Add("reason", key.Reason == TallyKey.OtherReason ? null : key.Reason ?? filter.Reason);
        Add("journey", key.Journey ?? filter.Journey);
        Add("step", key.Step ?? filter.Step);
        Add("channel", key.Channel ?? filter.Channel);
        Add("account", key.Account ?? filter.Account);
        return link.Append(link.Length > 0 ? "&" : "").Append(span).ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                link.Append(link.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }
    }
}
