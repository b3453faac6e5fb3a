using System.Collections;
using System.Globalization;
using Automation.Core.Rules;
using Automation.Runtime.Definitions;
using NodaTime.Text;

namespace Automation.Server.Telling;

/// <summary>A value that a decision looked at, in words: <c>event.amount is 60, needed at least 100: no</c>.</summary>
internal static class LookedSentence
{
    public static string Of(EvaluatedValue value, Wording wording)
    {
        if (value.Operator == DocumentChanges.Operator)
        {
            return wording.Say(
                $"{value.Field}: was {Show(value.Was, wording)}, is {Show(value.Needed, wording)}", $"{value.Field}：原为 {Show(value.Was, wording)}，现为 {Show(value.Needed, wording)}");
        }
        var field = FieldWords.Of(value.Field, wording);
        var needed = Needed(value, wording);
        var was = Show(value.Was, wording);
        return wording.Say(
            $"{field} is {was}, needed {needed}: {(value.Matched ? "yes" : "no")}",
            $"{field} 是 {was}，要求{needed}：{(value.Matched ? "满足" : "不满足")}");
    }

    /// <summary>The comparison with its right-hand side: <c>at least 100</c>, <c>not between 22:00 and 08:00</c>.</summary>
    private static string Needed(EvaluatedValue value, Wording wording)
    {
        var needed = Show(value.Needed, wording);
        return value.Operator switch
        {
            "=" => wording.Say(needed, $"等于 {needed}"),
            "!=" => wording.Say($"anything but {needed}", $"不等于 {needed}"),
            "<" => wording.Say($"less than {needed}", $"小于 {needed}"),
            "<=" when value.Needed is null => wording.Say("never before", "从未进入过"),
            "<=" => wording.Say($"at most {needed}", $"不超过 {needed}"),
            ">" => wording.Say($"more than {needed}", $"大于 {needed}"),
            ">=" => wording.Say($"at least {needed}", $"至少 {needed}"),
            "contains" => wording.Say($"to contain {needed}", $"包含 {needed}"),
            "doesNotContain" => wording.Say($"not to contain {needed}", $"不包含 {needed}"),
            "beginsWith" => wording.Say($"to begin with {needed}", $"开头是 {needed}"),
            "doesNotBeginWith" => wording.Say($"not to begin with {needed}", $"开头不是 {needed}"),
            "endsWith" => wording.Say($"to end with {needed}", $"结尾是 {needed}"),
            "doesNotEndWith" => wording.Say($"not to end with {needed}", $"结尾不是 {needed}"),
            "null" => wording.Say("none", "没有"),
            "notNull" => wording.Say("one", "有"),
            "in" => wording.Say($"one of {needed}", $"属于 {needed}"),
            "notIn" => wording.Say($"none of {needed}", $"不属于 {needed}"),
            "between" => Between(value.Needed, wording),
            "notBetween" => wording.Say($"not {Between(value.Needed, wording)}", $"不{Between(value.Needed, wording)}"),
            "date" => wording.Say($"the day that comes at {needed}", $"对应 {needed}"),
            "Equals" => wording.Say($"the word {needed}", $"正好是 {needed}"),
            "Contains" => wording.Say($"to contain {needed}", $"包含 {needed}"),
            "StartsWith" => wording.Say($"to begin with {needed}", $"开头是 {needed}"),
            var other => value.Needed is null ? other : $"{other} {needed}",
        };
    }

    // A rule has a list, quiet hours have their times in one text.
    private static string Between(object? needed, Wording wording)
    {
        var ends = needed switch
        {
            string text => text.Split('–', 2),
            IEnumerable list => [.. list.Cast<object?>().Select(one => Show(one, wording))],
            _ => [],
        };
        return ends is [var from, var to]
            ? wording.Say($"between {from} and {to}", $"在 {from} 到 {to} 之间")
            : wording.Say($"between {Show(needed, wording)}", $"在 {Show(needed, wording)} 之间");
    }

    private static string Show(object? value, Wording wording) => value switch
    {
        null => wording.Say("missing", "（无）"),
        string text => Text(text, wording),
        bool flag => flag ? wording.Say("true", "是") : wording.Say("false", "否"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(wording.Say(", ", "、"), list.Cast<object?>().Select(one => Show(one, wording))) is { Length: > 0 } all ? all : wording.Say("none", "（无）"),
        _ => value.ToString() ?? "",
    };

    // Moments are told as all others are, and spans in words; what people or events wrote stands in quotes.
    private static string Text(string text, Wording wording)
    {
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } moment)
        {
            return wording.Show(moment.Value);
        }
        var span = SpanWords.Of(text, wording);
        return span != text ? span : LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss").Parse(text).Success ? text : $"\"{text}\"";
    }
}
