using System.Globalization;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary><c>string</c>: null counts as no text, so hardly anything here fails.</summary>
internal static class StringFunctions
{
    public static ScriptObject Create()
    {
        var target = new ScriptObject();
        target.Add("escape", "text", static (r, a) => r.Built(Escaped(r, r.TextAt(a, 0), quoted: false)));
        target.Add("append", "text with", static (r, a) => Joined(r, r.TextAt(a, 0), r.TextAt(a, 1)));
        target.Add("capitalize", "text", static (r, a) => new Value(Capitalized(r.TextAt(a, 0), r.Culture)));
        target.Add("capitalizewords", "text", static (r, a) => r.Built(Words.Capitalized(r.TextAt(a, 0), r.Culture)));
        target.Add("contains", "text value", static (r, a) => Test(r, a, static (text, value) => text.Contains(value, StringComparison.Ordinal)));
        target.Add("empty", "text", static (r, a) => new Value(string.IsNullOrEmpty(r.TextAt(a, 0))));
        target.Add("whitespace", "text", static (r, a) => new Value(string.IsNullOrWhiteSpace(r.TextAt(a, 0))));
        target.Add("downcase", "text", static (r, a) => new Value(r.TextAt(a, 0)?.ToLower(r.Culture)));
        target.Add("ends_with", "text value", static (r, a) => Test(r, a, static (text, value) => text.EndsWith(value, StringComparison.Ordinal)));
        target.Add("equals_ignore_case", "text value", static (r, a) => new Value(string.Equals(r.TextAt(a, 0), r.TextAt(a, 1), StringComparison.OrdinalIgnoreCase)));
        target.Add("handleize", "text", static (r, a) => r.Built(Words.Handle(r.TextAt(a, 0))));
        target.Add("literal", "text", static (r, a) => a[0].IsNull ? Value.Null : r.Built(Escaped(r, r.TextAt(a, 0), quoted: true)));
        target.Add("lstrip", "text", static (r, a) => new Value(r.TextAt(a, 0)?.TrimStart()));
        target.Add("pluralize", "number singular plural", static (r, a) => new Value(r.TextAt(a, r.IntAt(a, 0) == 1 ? 1 : 2)));
        target.Add("prepend", "text by", static (r, a) => Joined(r, r.TextAt(a, 1), r.TextAt(a, 0)));
        StringEdits.AddTo(target);
        target.Add("rstrip", "text", static (r, a) => new Value(r.TextAt(a, 0)?.TrimEnd()));
        target.Add("size", "text", static (r, a) => new Value(r.TextAt(a, 0)?.Length ?? 0));
        StringParts.AddTo(target);
        target.Add("starts_with", "text value", static (r, a) => Test(r, a, static (text, value) => text.StartsWith(value, StringComparison.Ordinal)));
        target.Add("strip", "text", static (r, a) => new Value(r.TextAt(a, 0)?.Trim()));
        target.Add("strip_newlines", "text", static (r, a) => new Value(WithoutNewLines(r.TextAt(a, 0))));
        AddNumbers(target);
        StringParts.AddTruncation(target);
        target.Add("upcase", "text", static (r, a) => new Value(r.TextAt(a, 0)?.ToUpper(r.Culture)));
        HashFunctions.AddTo(target);
        target.Add("pad_left", "text width", static (r, a) => Padded(r, a, left: true));
        target.Add("pad_right", "text width", static (r, a) => Padded(r, a, left: false));
        HashFunctions.AddBase64(target);
        target.Add("index_of", "text search start_index? count? string_comparison?", static (r, a) => IndexOf(r, a));
        return target.Seal();
    }

    private static void AddNumbers(ScriptObject target)
    {
        target.Add("to_int", "text", static (r, a) =>
            int.TryParse(r.TextAt(a, 0), NumberStyles.Integer, r.Culture, out var number) ? new Value(number) : Value.Null);
        target.Add("to_long", "text", static (r, a) =>
            long.TryParse(r.TextAt(a, 0), NumberStyles.Integer, r.Culture, out var number) ? new Value(number) : Value.Null);
        target.Add("to_float", "text", static (r, a) =>
            float.TryParse(r.TextAt(a, 0), NumberStyles.Float | NumberStyles.AllowThousands, r.Culture, out var number) ? new Value(number) : Value.Null);
        target.Add("to_double", "text", static (r, a) =>
            double.TryParse(r.TextAt(a, 0), NumberStyles.Float | NumberStyles.AllowThousands, r.Culture, out var number) ? new Value(number) : Value.Null);
    }

    private static Value Joined(Rendering r, string? first, string? second)
    {
        Operators.CheckLength(r, (first?.Length ?? 0) + (long)(second?.Length ?? 0), null);
        return new Value(string.Concat(first, second));
    }

    /// <summary>Nothing contains the empty text: a template that asks for it has most likely lost a value.</summary>
    private static Value Test(Rendering r, ReadOnlySpan<Value> a, Func<string, string, bool> test)
    {
        var text = r.TextAt(a, 0);
        var value = r.TextAt(a, 1);
        return new Value(!string.IsNullOrEmpty(text) && !string.IsNullOrEmpty(value) && test(text, value));
    }

    private static string Capitalized(string? text, CultureInfo culture) =>
        string.IsNullOrEmpty(text) || char.IsUpper(text[0]) ? text ?? string.Empty : char.ToUpper(text[0], culture) + text[1..];

    private static string WithoutNewLines(string? text) =>
        text is null ? string.Empty : text.Replace("\r", string.Empty, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal);

    private static string Escaped(Rendering r, string? text, bool quoted)
    {
        var mark = r.BeginCapture(keepIndent: false);
        r.Output.Append(quoted ? "\"" : string.Empty);
        StringEscapes.Write(r.Output, text ?? string.Empty);
        r.Output.Append(quoted ? "\"" : string.Empty);
        return r.EndCapture(mark);
    }

    private static Value Padded(Rendering r, ReadOnlySpan<Value> a, bool left)
    {
        var text = r.TextAt(a, 0) ?? string.Empty;
        var width = Math.Max(0, r.IntAt(a, 1));
        Operators.CheckLength(r, width, null);
        return new Value(left ? text.PadLeft(width) : text.PadRight(width));
    }

    private static Value IndexOf(Rendering r, ReadOnlySpan<Value> a)
    {
        var text = r.TextAt(a, 0) ?? string.Empty;
        var search = r.TextAt(a, 1) ?? string.Empty;
        var start = Math.Clamp(r.IntAt(a, 2), 0, text.Length);
        var count = Math.Clamp(r.IntAt(a, 3, text.Length - start), 0, text.Length - start);
        var ignoresCase = r.TextAt(a, 4)?.Contains("ignore", StringComparison.OrdinalIgnoreCase) ?? false;
        return new Value(text.IndexOf(search, start, count, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
    }
}
