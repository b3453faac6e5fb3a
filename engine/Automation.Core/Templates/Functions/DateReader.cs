using System.Globalization;

namespace Automation.Core.Templates.Functions;

/// <summary>Reads dates. What is no date becomes the first of January of the year 1, as the language has it.</summary>
internal static class DateReader
{
    public static DateTimeOffset Read(string text, string? pattern, CultureInfo culture)
    {
        if (!string.IsNullOrEmpty(pattern))
        {
            return new PatternReader(text, culture).Read(pattern) ?? default;
        }

        // Without a default date the platform would fill in today from its own clock.
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
            | DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault;
        return DateTime.TryParse(text, culture, Styles, out var date)
            ? new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Utc))
            : default;
    }

    /// <summary>Walks a text along a pattern of percent codes, picking up the parts of a date.</summary>
    private sealed class PatternReader(string text, CultureInfo culture)
    {
        private int _at;
        private int _year = 1;
        private int _month = 1;
        private int _day = 1;
        private int _hour;
        private int _minute;
        private int _second;
        private int _nanoseconds;
        private bool? _isAfternoon;
        private TimeSpan _offset;
        private DateTimeOffset? _whole;

        public DateTimeOffset? Read(string pattern)
        {
            for (var i = 0; i < pattern.Length; i++)
            {
                var isCode = pattern[i] == '%' && i + 1 < pattern.Length;
                if (isCode ? !ReadCode(pattern[++i]) : !ReadPlain(pattern[i]))
                {
                    return null;
                }
            }

            return _at == text.Length || string.IsNullOrWhiteSpace(text[_at..]) ? Combine() : null;
        }

        private DateTimeOffset? Combine()
        {
            if (_whole is not null)
            {
                return _whole;
            }

            var hour = _isAfternoon is { } afternoon ? (_hour % 12) + (afternoon ? 12 : 0) : _hour;
            if (_year is < 1 or > 9999 || _month is < 1 or > 12 || _day < 1 || _day > DateTime.DaysInMonth(_year, _month)
                || hour > 23 || _minute > 59 || _second > 59)
            {
                return null;
            }

            var local = new DateTime(_year, _month, _day, hour, _minute, _second, DateTimeKind.Unspecified).AddTicks(_nanoseconds / 100);
            var ticks = local.Ticks - _offset.Ticks;
            return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        }

        private bool ReadPlain(char expected)
        {
            if (char.IsWhiteSpace(expected))
            {
                SkipBlanks();
                return true;
            }

            return _at < text.Length && text[_at++] == expected;
        }

        private void SkipBlanks()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }
        }

        private bool ReadCode(char code)
        {
            var names = culture.DateTimeFormat;
            switch (code)
            {
                case 'Y':
                    return Number(4, out _year);
                case 'y':
                    var read = Number(2, out _year);
                    _year = culture.Calendar.ToFourDigitYear(_year);
                    return read;
                case 'm':
                    return Number(2, out _month);
                case 'd' or 'e':
                    return Number(2, out _day);
                case 'H' or 'k' or 'I' or 'l':
                    return Number(2, out _hour);
                case 'M':
                    return Number(2, out _minute);
                case 'S':
                    return Number(2, out _second);
                case 'L':
                    return Fraction(3);
                case 'N':
                    return Fraction(9);
                case 'b' or 'h':
                    return Name(names.AbbreviatedMonthNames, out _month) || Name(names.MonthNames, out _month);
                case 'B':
                    return Name(names.MonthNames, out _month) || Name(names.AbbreviatedMonthNames, out _month);
                case 'a':
                    return Name(names.AbbreviatedDayNames, out _);
                case 'A':
                    return Name(names.DayNames, out _);
                case 'p' or 'P':
                    return Noon(names);
                case 'Z':
                    return Offset();
                case 's':
                    return Seconds();
                case '%':
                    return ReadPlain('%');
                default:
                    return Composite(code);
            }
        }

        private bool Composite(char code)
        {
            var codes = code switch
            {
                'D' => "m/d/y",
                'F' => "Y-m-d",
                'T' or 'X' => "H:M:S",
                'R' => "H:M",
                'r' => "I:M:S p",
                'x' => "m/d/Y",
                'c' => "a b d H:M:S Y",
                'v' => "e-b-Y",
                'n' or 't' => " ",
                'g' => string.Empty,
                _ => null,
            };
            return codes is not null && codes.All(c => char.IsAsciiLetter(c) ? ReadCode(c) : ReadPlain(c));
        }

        private bool Number(int digits, out int number)
        {
            SkipBlanks();
            var start = _at;
            number = 0;
            while (_at < text.Length && _at - start < digits && char.IsAsciiDigit(text[_at]))
            {
                number = (number * 10) + (text[_at++] - '0');
            }

            return _at > start;
        }

        private bool Fraction(int digits)
        {
            var start = _at;
            var read = Number(digits, out _nanoseconds);
            for (var given = _at - start; given < 9; given++)
            {
                _nanoseconds *= 10;
            }

            return read;
        }

        private bool Name(string[] names, out int number)
        {
            SkipBlanks();
            for (var i = 0; i < names.Length; i++)
            {
                if (names[i].Length > 0 && culture.CompareInfo.IsPrefix(text.AsSpan(_at), names[i], CompareOptions.IgnoreCase))
                {
                    _at += names[i].Length;
                    number = i + 1;
                    return true;
                }
            }

            number = 1;
            return false;
        }

        private bool Noon(DateTimeFormatInfo names)
        {
            string[] markers = [names.AMDesignator, names.PMDesignator];
            var read = Name(markers, out var which);
            _isAfternoon = which == 2;
            return read;
        }

        private bool Offset()
        {
            SkipBlanks();
            if (_at < text.Length && text[_at] is 'Z' or 'z')
            {
                _at++;
                return true;
            }

            if (_at >= text.Length || text[_at] is not ('+' or '-'))
            {
                return false;
            }

            var sign = text[_at++] == '-' ? -1 : 1;
            var read = Number(2, out var hours);
            _at += _at < text.Length && text[_at] == ':' ? 1 : 0;
            Number(2, out var minutes);
            _offset = new TimeSpan(sign * hours, sign * minutes, 0);
            return read;
        }

        private bool Seconds()
        {
            var start = _at;
            while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            {
                _at++;
            }

            if (!long.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                || seconds > 253_402_300_799)
            {
                return false;
            }

            _whole = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }
    }
}
