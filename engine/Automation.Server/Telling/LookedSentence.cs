using System.Collections;
using System.Globalization;
using Automation.Core.Rules;
using Automation.Runtime.Definitions;

namespace Automation.Server.Telling;

/// <summary>A value that a decision looked at, in words: <c>event.amount is 60, needed &gt;= 100: no</c>.</summary>
internal static class LookedSentence
{
    public static string Of(EvaluatedValue value, Wording wording)
    {
        if (value.Operator == DocumentChanges.Operator)
        {
            return wording.Say(
                $"{value.Field}: was {Show(value.Was, wording)}, is {Show(value.Needed, wording)}", $"{value.Field}：原为 {Show(value.Was, wording)}，现为 {Show(value.Needed, wording)}");
        }
        var needed = value.Needed is null ? value.Operator : $"{value.Operator} {Show(value.Needed, wording)}";
        var was = Show(value.Was, wording);
        return wording.Say(
            $"{value.Field} is {was}, needed {needed}: {(value.Matched ? "yes" : "no")}",
            $"{value.Field} 是 {was}，要求 {needed}：{(value.Matched ? "满足" : "不满足")}");
    }

    private static string Show(object? value, Wording wording) => value switch
    {
        null => wording.Say("missing", "（无）"),
        string text => $"\"{text}\"",
        bool flag => flag ? wording.Say("true", "是") : wording.Say("false", "否"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(one => Show(one, wording)))}]",
        _ => value.ToString() ?? "",
    };
}
