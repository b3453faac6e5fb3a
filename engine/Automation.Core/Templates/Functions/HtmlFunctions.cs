using System.Net;
using System.Text;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary><c>html</c>: nothing is escaped unless a template asks for it here.</summary>
internal static class HtmlFunctions
{
    private const string KeptInAddresses = "-_.~!*'();:@&=+$,/?#[]";

    public static ScriptObject Create()
    {
        var target = new ScriptObject();
        target.Add("strip", "text", static (r, a) => new Value(Strip(r.TextAt(a, 0))));
        target.Add("escape", "text", static (r, a) => r.Built(WebUtility.HtmlEncode(r.TextAt(a, 0)) ?? string.Empty));
        target.Add("url_encode", "text", static (r, a) => UrlEncode(r, r.TextAt(a, 0)));
        target.Add("url_escape", "text", static (r, a) => a[0].IsNull ? Value.Null : r.Built(EscapeAddress(r.TextAt(a, 0)!)));
        target.Add("newline_to_br", "text", static (r, a) => r.Built(BreakLines(r.TextAt(a, 0))));
        return target.Seal();
    }

    private static Value UrlEncode(Rendering r, string? text) =>
        text is null ? Value.Null : r.Built(Uri.EscapeDataString(text));

    private static string EscapeAddress(string text)
    {
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || KeptInAddresses.Contains((char)rune.Value)))
            {
                result.Append((char)rune.Value);
                continue;
            }

            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
            {
                result.Append('%').Append(Convert.ToHexString([b]));
            }
        }

        return result.ToString();
    }

    private static string BreakLines(string? text) => text is null
        ? string.Empty
        : text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "<br />\n", StringComparison.Ordinal);

    /// <summary>Takes away tags and comments, and scripts and styles with all they contain.</summary>
    private static string Strip(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '<')
            {
                result.Append(text[i++]);
                continue;
            }

            var end = EndOfMarkup(text, i);
            if (end < 0)
            {
                result.Append(text[i++]);
            }
            else
            {
                i = end;
            }
        }

        return result.ToString();
    }

    private static int EndOfMarkup(string text, int start)
    {
        if (string.CompareOrdinal(text, start, "<!--", 0, 4) == 0)
        {
            return After(text, "-->", start);
        }

        foreach (var element in (ReadOnlySpan<string>)["script", "style"])
        {
            if (string.Compare(text, start + 1, element, 0, element.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                var end = After(text, $"</{element}>", start);
                return end < 0 ? EndOfTag(text, start) : end;
            }
        }

        return EndOfTag(text, start);
    }

    private static int After(string text, string mark, int start)
    {
        var at = text.IndexOf(mark, start, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? -1 : at + mark.Length;
    }

    /// <summary>A quoted attribute may contain a closing angle bracket.</summary>
    private static int EndOfTag(string text, int start)
    {
        var quote = '\0';
        for (var i = start + 1; i < text.Length; i++)
        {
            if (quote != '\0')
            {
                quote = text[i] == quote ? '\0' : quote;
            }
            else if (text[i] is '"' or '\'')
            {
                quote = text[i];
            }
            else if (text[i] == '>')
            {
                return i + 1;
            }
        }

        return -1;
    }
}
