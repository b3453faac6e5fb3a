namespace Automation.Core.Templates.Parsing;

/// <summary>What the marks <c>-</c> and <c>~</c> take away from the text beside a code block.</summary>
internal static class Trim
{
    public static string Start(string text, char mark, out bool everything)
    {
        everything = false;
        if (mark == '\0')
        {
            return text;
        }

        var kept = mark == '-' ? text.TrimStart() : StartOfLine(text);
        everything = mark == '-' && kept.Length < text.Length;
        return kept;
    }

    /// <summary>Takes all whitespace before the code, or that of its line alone: the newline stays.</summary>
    public static string End(string text, char mark)
    {
        if (mark == '\0')
        {
            return text;
        }

        return mark == '-' ? text.TrimEnd() : text.TrimEnd(' ', '\t');
    }

    /// <summary>Takes spaces and tabs up to and including one newline.</summary>
    private static string StartOfLine(string text)
    {
        var i = 0;
        while (i < text.Length && text[i] is ' ' or '\t')
        {
            i++;
        }

        if (i < text.Length && text[i] == '\r')
        {
            i++;
        }

        if (i < text.Length && text[i] == '\n')
        {
            i++;
        }

        return text[i..];
    }
}
