using System.Globalization;

namespace Automation.Connectors.WeChat.Subscription;

/// <summary>
/// What fits into the fields of a subscription message. The name's prefix is the field's kind; the vendor refuses what does not fit
/// with 47003, and the message is lost, so it is refused before.
/// </summary>
internal static class FieldRules
{
    /// <summary>Says what is wrong with a value; null when it fits.</summary>
    /// <param name="name">As <c>thing1</c>.</param>
    public static string? Problem(string name, string value)
    {
        if (value.Trim().Length == 0)
        {
            return "Expected a value, but it is empty.";
        }

        if (value.AsSpan().IndexOfAnyInRange('\0', '\u001F') >= 0)
        {
            return "Expected one line without control characters, but got others.";
        }

        var length = new StringInfo(value).LengthInTextElements;
        return Kind(name) switch
        {
            "thing" => AtMost(length, 20, "characters"),
            "number" => All(value, letter => char.IsAsciiDigit(letter) || letter is '.' or '-') ? AtMost(length, 32, "digits") : "Expected a number, but got other characters.",
            "letter" => All(value, char.IsAsciiLetter) ? AtMost(length, 32, "letters") : "Expected letters only, but got others.",
            "symbol" => All(value, letter => !char.IsLetterOrDigit(letter)) ? AtMost(length, 5, "symbols") : "Expected symbols only, but got others.",
            "character_string" => All(value, letter => letter is > ' ' and <= '~') ? AtMost(length, 32, "characters") : "Expected digits, letters and symbols only, but got others.",
            "time" => HasDigit(value) && value.Contains(':', StringComparison.Ordinal) ? AtMost(length, 64, "characters") : "Expected a time such as 15:01, but got another text.",
            "date" => HasDigit(value) && value.AsSpan().IndexOfAny("年-/.") >= 0 ? AtMost(length, 64, "characters") : "Expected a date such as 2019年10月1日, but got another text.",
            "amount" => Amount(value),
            "phone_number" => All(value, letter => char.IsAsciiDigit(letter) || letter is '+' or '-' or ' ' or '(' or ')') ? AtMost(length, 17, "digits and symbols") : "Expected digits and symbols only, but got others.",
            "car_number" => AtMost(length, 8, "characters"),
            "name" => Name(value, length),
            "phrase" => All(value, IsHan) ? AtMost(length, 5, "Chinese characters") : "Expected Chinese characters only, but got others.",
            _ => null, // An enumeration's values, and kinds to come, are known to the vendor only.
        };
    }

    /// <summary>The prefix of a field's name: everything before its number.</summary>
    public static string Kind(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    private static string? AtMost(int length, int most, string unit) => length <= most
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"Expected at most {most} {unit}, but got {length}.");

    private static string? Amount(string value)
    {
        var digits = value.EndsWith('元') ? value[..^1] : value;
        digits = digits.Length > 0 && !char.IsAsciiDigit(digits[0]) ? digits[1..] : digits;
        var isAmount = digits.Length > 0 && digits.Count(letter => letter == '.') <= 1 && All(digits, letter => char.IsAsciiDigit(letter) || letter == '.');
        return isAmount ? AtMost(digits.Count(char.IsAsciiDigit), 10, "digits") : "Expected an amount such as ¥9.90, but got another text.";
    }

    private static string? Name(string value, int length)
    {
        var isChinese = value.Any(IsHan);
        return isChinese ? AtMost(length, 10, "characters of a name") : AtMost(length, 20, "letters and symbols of a name");
    }

    private static bool All(string value, Func<char, bool> fits) => value.All(fits);

    private static bool HasDigit(string value) => value.Any(char.IsAsciiDigit);

    private static bool IsHan(char letter) => letter is (>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF') or '\u00B7';
}
