using System.Collections;
using System.Globalization;
using Automation.Core.Rules;

namespace Automation.Server.Cli.Audit;

/// <summary>A value that a decision looked at, in words: <c>event.amount is 60, needed &gt;= 100: no</c>.</summary>
internal static class LookedSentence
{
    public static string Of(EvaluatedValue value)
    {
        var needed = value.Needed is null ? value.Operator : $"{value.Operator} {Show(value.Needed)}";
        return $"{value.Field} is {Show(value.Was)}, needed {needed}: {(value.Matched ? "yes" : "no")}";
    }

    private static string Show(object? value) => value switch
    {
        null => "missing",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Show))}]",
        _ => value.ToString() ?? "",
    };
}
