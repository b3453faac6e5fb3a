using System.Text;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary>The parts of <c>string</c> that cut: slices, pieces, truncation.</summary>
internal static class StringParts
{
    public static void AddTo(ScriptObject target)
    {
        target.Add("slice", "text start length?", static (r, a) => Slice(r, a, null));
        target.Add("slice1", "text start length?", static (r, a) => Slice(r, a, 1));
        target.Add("split", "text match", static (r, a) => Split(r, r.TextAt(a, 0), r.TextAt(a, 1)));
    }

    public static void AddTruncation(ScriptObject target)
    {
        target.Add("truncate", "text length ellipsis?", static (r, a) => Truncate(r, a));
        target.Add("truncatewords", "text count ellipsis?", static (r, a) => TruncateWords(r, a));
    }

    private static Value Slice(Rendering r, ReadOnlySpan<Value> a, int? defaultLength)
    {
        var text = r.TextAt(a, 0);
        if (string.IsNullOrEmpty(text))
        {
            return Value.EmptyText;
        }

        var start = r.IntAt(a, 1);
        long length = r.IntAt(a, 2, defaultLength ?? text.Length);
        if (start < 0)
        {
            // What lies before the text counts towards the length, as if the text began further left.
            var from = text.Length + (long)start;
            length += Math.Min(from, 0);
            start = (int)Math.Max(from, 0);
        }

        length = Math.Min(length, text.Length - start);
        return length <= 0 ? Value.EmptyText : new Value(text.Substring(start, (int)length));
    }

    /// <summary>Empty pieces are dropped.</summary>
    private static Value Split(Rendering r, string? text, string? match)
    {
        var pieces = new ScriptArray();
        if (!string.IsNullOrEmpty(text))
        {
            var parts = string.IsNullOrEmpty(match) ? [text] : text.Split(match, StringSplitOptions.RemoveEmptyEntries);
            r.Step(parts.Length);
            foreach (var part in parts)
            {
                pieces.Add(new Value(part));
            }
        }

        return new Value(pieces);
    }

    /// <summary>The ellipsis counts towards the length. A pair of surrogates is dropped whole rather than torn.</summary>
    private static Value Truncate(Rendering r, ReadOnlySpan<Value> a)
    {
        var text = r.TextAt(a, 0);
        var length = r.IntAt(a, 1);
        if (text is null || length < 0)
        {
            return Value.EmptyText;
        }

        if (text.Length <= length)
        {
            return new Value(text);
        }

        var ellipsis = a[2].IsMissing ? "..." : r.TextAt(a, 2) ?? "...";
        var kept = Math.Max(0, length - ellipsis.Length);
        if (kept > 0 && char.IsHighSurrogate(text[kept - 1]))
        {
            kept--;
        }

        return new Value(string.Concat(text.AsSpan(0, kept), ellipsis));
    }

    private static Value TruncateWords(Rendering r, ReadOnlySpan<Value> a)
    {
        var text = r.TextAt(a, 0);
        if (string.IsNullOrEmpty(text))
        {
            return Value.EmptyText;
        }

        var result = new StringBuilder();
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words.Take(r.IntAt(a, 1)))
        {
            result.Append(result.Length > 0 ? " " : string.Empty).Append(word);
        }

        return r.Built(result.Append(a[2].IsMissing ? "..." : r.TextAt(a, 2) ?? "...").ToString());
    }
}
