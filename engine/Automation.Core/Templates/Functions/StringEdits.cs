using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary>The parts of <c>string</c> that take away and replace. Replacing ignores case nowhere: it is ordinal.</summary>
internal static class StringEdits
{
    public static void AddTo(ScriptObject target)
    {
        target.Add("remove", "text remove", static (r, a) => Replace(r, r.TextAt(a, 0), r.TextAt(a, 1), string.Empty));
        target.Add("remove_first", "text remove", static (r, a) => ReplaceOne(r, r.TextAt(a, 0), r.TextAt(a, 1), string.Empty, fromEnd: false));
        target.Add("remove_last", "text remove", static (r, a) => ReplaceOne(r, r.TextAt(a, 0), r.TextAt(a, 1), string.Empty, fromEnd: true));
        target.Add("replace", "text match replace", static (r, a) => Replace(r, r.TextAt(a, 0), r.TextAt(a, 1), r.TextAt(a, 2)));
        target.Add("replace_first", "text match replace fromend?", static (r, a) =>
            ReplaceOne(r, r.TextAt(a, 0), r.TextAt(a, 1), r.TextAt(a, 2), !a[3].IsMissing && a[3].IsTrue));
    }

    private static Value Replace(Rendering r, string? text, string? match, string? replacement)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(match))
        {
            return new Value(text ?? string.Empty);
        }

        replacement ??= string.Empty;
        if (replacement.Length > match.Length)
        {
            var count = Count(text, match);
            Operators.CheckLength(r, text.Length + (count * (long)(replacement.Length - match.Length)), null);
        }

        r.StepForText(text.Length);
        return new Value(text.Replace(match, replacement, StringComparison.Ordinal));
    }

    private static int Count(string text, string match)
    {
        var count = 0;
        for (var at = text.IndexOf(match, StringComparison.Ordinal); at >= 0;)
        {
            count++;
            at = text.IndexOf(match, at + match.Length, StringComparison.Ordinal);
        }

        return count;
    }

    private static Value ReplaceOne(Rendering r, string? text, string? match, string? replacement, bool fromEnd)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(match))
        {
            return new Value(text ?? string.Empty);
        }

        var at = fromEnd
            ? text.LastIndexOf(match, StringComparison.OrdinalIgnoreCase)
            : text.IndexOf(match, StringComparison.OrdinalIgnoreCase);
        return at < 0
            ? new Value(text)
            : r.Built(string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + match.Length)));
    }
}
