using System.Globalization;

namespace Automation.Core.Templates.Evaluation;

/// <summary>Writes text the way it would be spelt between double quotes.</summary>
internal static class StringEscapes
{
    public static void Write(TextBuffer output, string text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '"':
                    output.Append("\\\"");
                    break;
                case '\\':
                    output.Append("\\\\");
                    break;
                case '\n':
                    output.Append("\\n");
                    break;
                case '\r':
                    output.Append("\\r");
                    break;
                case '\t':
                    output.Append("\\t");
                    break;
                case '\b':
                    output.Append("\\b");
                    break;
                case '\f':
                    output.Append("\\f");
                    break;
                case '\v':
                    output.Append("\\v");
                    break;
                case '\0':
                    output.Append("\\0");
                    break;
                case < ' ':
                    output.Append("\\x");
                    output.Append((int)c, "X2", CultureInfo.InvariantCulture);
                    break;
                default:
                    output.Append(c);
                    break;
            }
        }
    }
}
