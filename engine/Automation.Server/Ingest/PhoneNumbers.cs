namespace Automation.Server.Ingest;

/// <summary>
/// One spelling for one number, because a number is an identity: digits with a plus before them. People write mainland Chinese
/// mobiles without the country's code; what is neither such nor international keeps its digits as they are.
/// </summary>
internal static class PhoneNumbers
{
    private const int DigitsMin = 5;
    private const int DigitsMax = 20;

    /// <summary>The number in its one spelling, or null for what is no number.</summary>
    public static string? Normalize(string text)
    {
        Span<char> digits = stackalloc char[DigitsMax + 1];
        var length = 0;
        var hasPlus = false;
        foreach (var letter in text)
        {
            if (letter is ' ' or '-' or '(' or ')' or '.' or '\u00A0' or '\u3000' or '\t')
            {
                continue;
            }
            if (letter is '+' or '\uFF0B' && length == 0 && !hasPlus)
            {
                hasPlus = true;
                continue;
            }
            // Full-width digits come from Chinese keyboards.
            var digit = letter is >= '\uFF10' and <= '\uFF19' ? (char)(letter - '\uFF10' + '0') : letter;
            if (!char.IsAsciiDigit(digit) || length > DigitsMax)
            {
                return null;
            }
            digits[length++] = digit;
        }
        ReadOnlySpan<char> number = digits[..length];
        if (!hasPlus && number.StartsWith("00"))
        {
            hasPlus = true;
            number = number[2..];
        }
        if (number.Length is < DigitsMin or > DigitsMax)
        {
            return null;
        }
        if (hasPlus)
        {
            return string.Concat("+", number);
        }
        return number switch
        {
            ['1', >= '3', ..] when number.Length == 11 => string.Concat("+86", number),
            ['8', '6', '1', >= '3', ..] when number.Length == 13 => string.Concat("+", number),
            _ => number.ToString(),
        };
    }
}
