using System.Globalization;
using System.Text;

namespace Automation.Core.Templates.Functions;

/// <summary>Text seen as words.</summary>
internal static class Words
{
    public static string Capitalized(string? text, CultureInfo culture)
    {
        var result = new StringBuilder(text);
        var startsWord = true;
        for (var i = 0; i < result.Length; i++)
        {
            if (char.IsWhiteSpace(result[i]))
            {
                startsWord = true;
            }
            else if (startsWord)
            {
                result[i] = char.ToUpper(result[i], culture);
                startsWord = false;
            }
        }

        return result.ToString();
    }

    /// <summary>The text as part of an address: letters and digits stay, every run of anything else becomes one hyphen.</summary>
    public static string Handle(string? text)
    {
        var result = new StringBuilder();
        foreach (var c in text ?? string.Empty)
        {
            if (char.IsLetterOrDigit(c))
            {
                result.Append(char.ToLowerInvariant(c));
            }
            else if (result.Length == 0 || result[^1] != '-')
            {
                result.Append('-');
            }
        }

        if (result.Length > 0 && result[^1] == '-')
        {
            result.Length--;
        }

        return result.ToString();
    }
}
