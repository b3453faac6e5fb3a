using NodaTime.Text;

namespace Automation.Server.Telling;

/// <summary>What an action of an operator was about: <c>journey:welcome reason:bad_address</c> in words.</summary>
internal static class TargetWords
{
    public static string Of(string target, Wording to) =>
        target.Length == 0 ? to.Say("everything", "全部") : string.Join(to.Say(", ", "，"), target.Split(' ').Select(word => Word(word, to)));

    /// <summary>The scope of a hold, with its key.</summary>
    public static string Of(string scope, string key, Wording to) => key.Length == 0 ? Of(scope == "everything" ? "" : scope, to) : Word($"{scope}:{key}", to);

    private static string Word(string word, Wording to) => word.Split(':', 2) switch
    {
        ["journey", var key] => to.Say($"journey {key}", $"旅程 {key}"),
        ["step", var key] => to.Say($"step {key}", $"步骤 {key}"),
        ["version", var key] => to.Say($"version {key}", $"版本 {key}"),
        ["segment", var key] => to.Say($"segment {key}", $"人群 {key}"),
        ["channel", var key] => to.Say($"channel {ChannelWords.Of(key, to)}", $"渠道 {ChannelWords.Of(key, to)}"),
        ["account", var key] => to.Say($"account {key}", $"账号 {key}"),
        ["template", var key] => to.Say($"template {key}", $"模板 {key}"),
        ["reason", var codes] => string.Join(to.Say(" or ", "或"), codes.Split(',').Select(code => ReasonWords.Of(code, to))),
        ["from", var time] => to.Say($"from {Time(time, to)} on", $"自 {Time(time, to)} 起"),
        ["to", var time] => to.Say($"before {Time(time, to)}", $"到 {Time(time, to)} 止"),
        _ => word,
    };

    private static string Time(string text, Wording to) => InstantPattern.ExtendedIso.Parse(text) is { Success: true } at ? to.Show(at.Value) : text;
}
