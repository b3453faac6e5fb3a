using System.Globalization;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary>Prints a date by a pattern of percent codes.</summary>
internal static class DatePattern
{
    public const string Default = "%d %b %Y";

    public static void Write(TextBuffer output, DateTimeOffset date, string? pattern, CultureInfo culture)
    {
        pattern = pattern switch { null or "" => Default, "%g" => "%g " + Default, _ => pattern };
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                output.Append(pattern[i]);
                continue;
            }

            var code = pattern[++i];
            if (code == 'g')
            {
                culture = CultureInfo.InvariantCulture;
            }
            else if (Format(code) is { } format)
            {
                output.Append(date, format, culture);
            }
            else if (!WriteComputed(output, date, code, culture))
            {
                output.Append('%');
                output.Append(code);
            }
        }
    }

    /// <summary>The codes that the platform has a format of its own for.</summary>
    private static string? Format(char code) => code switch
    {
        'a' => "ddd",
        'A' => "dddd",
        'b' or 'h' => "MMM",
        'B' => "MMMM",
        'c' => "ddd MMM dd HH:mm:ss yyyy",
        'd' => "dd",
        'D' => "MM'/'dd'/'yy",
        'F' => "yyyy'-'MM'-'dd",
        'H' => "HH",
        'I' => "hh",
        'L' => "fff",
        'm' => "MM",
        'M' => "mm",
        'p' => "tt",
        'r' => "hh':'mm':'ss tt",
        'R' => "HH':'mm",
        'S' => "ss",
        'T' => "HH':'mm':'ss",
        'x' => "d",
        'X' => "T",
        'y' => "yy",
        'Y' => "yyyy",
        'Z' => "zzz",
        _ => null,
    };

    private static bool WriteComputed(TextBuffer output, DateTimeOffset date, char code, CultureInfo culture)
    {
        switch (code)
        {
            case 'C':
                Number(date.Year / 100, "D2");
                return true;
            case 'e':
                Padded(date.Day);
                return true;
            case 'j':
                Number(date.DayOfYear, "D3");
                return true;
            case 'k':
                Padded(date.Hour);
                return true;
            case 'l':
                Padded(date.Hour % 12 == 0 ? 12 : date.Hour % 12);
                return true;
            case 'n':
                output.Append('\n');
                return true;
            case 'N':
                Number((int)(date.Ticks % TimeSpan.TicksPerSecond) * 100, "D9");
                return true;
            case 'P':
                output.Append(date.ToString("tt", culture).ToLower(culture));
                return true;
            case 's':
                output.Append(date.ToUnixTimeSeconds(), default, CultureInfo.InvariantCulture);
                return true;
            case 't':
                output.Append('\t');
                return true;
            case 'u':
                Number(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, default);
                return true;
            case 'w':
                Number((int)date.DayOfWeek, default);
                return true;
            case 'v':
                Padded(date.Day);
                output.Append(date.ToString("'-'MMM'-'yyyy", culture).ToUpper(culture));
                return true;
            case '%':
                output.Append('%');
                return true;
            default:
                return WriteWeek(output, date, code, culture);
        }

        void Number(int number, ReadOnlySpan<char> format) => output.Append(number, format, CultureInfo.InvariantCulture);

        void Padded(int number)
        {
            output.Append(number < 10 ? " " : string.Empty);
            Number(number, default);
        }
    }

    private static bool WriteWeek(TextBuffer output, DateTimeOffset date, char code, CultureInfo culture)
    {
        int? week = code switch
        {
            'U' => culture.Calendar.GetWeekOfYear(date.DateTime, CalendarWeekRule.FirstDay, DayOfWeek.Sunday),
            'V' => ISOWeek.GetWeekOfYear(date.DateTime),
            'W' => culture.Calendar.GetWeekOfYear(date.DateTime, CalendarWeekRule.FirstDay, DayOfWeek.Monday),
            _ => null,
        };
        if (week is { } number)
        {
            output.Append(number, "D2", CultureInfo.InvariantCulture);
        }

        return week is not null;
    }
}
