using System.Globalization;
using System.Numerics;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Parsing;

/// <summary>What the spelling of a number means.</summary>
internal static class NumberReader
{
    /// <summary>An exponent beyond this would only burn memory.</summary>
    private const int LargestExponent = 1000;

    public static Value Read(Token token)
    {
        var text = token.Text!.Replace("_", string.Empty, StringComparison.Ordinal);
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return ReadBits(text[2..], 16, token);
        }

        if (text.StartsWith("0b", StringComparison.OrdinalIgnoreCase))
        {
            return ReadBits(text[2..], 2, token);
        }

        return ReadDecimal(text, token);
    }

    private static Value ReadDecimal(string text, Token token)
    {
        var digits = text.TrimEnd('f', 'F', 'd', 'D', 'm', 'M');
        var suffix = text.Length - digits.Length == 1 ? char.ToLowerInvariant(text[^1]) : '\0';
        var culture = CultureInfo.InvariantCulture;
        if (text.Length - digits.Length > 1)
        {
            throw NotANumber(token);
        }

        if (suffix == 'm' && decimal.TryParse(digits, NumberStyles.Float, culture, out var exact))
        {
            return new Value(exact);
        }

        if (suffix == 'f' && float.TryParse(digits, NumberStyles.Float, culture, out var single))
        {
            return new Value(single);
        }

        if ((suffix == 'd' || digits.Contains('.')) && suffix != 'm'
            && double.TryParse(digits, NumberStyles.Float, culture, out var real))
        {
            return new Value(real);
        }

        return suffix == '\0' ? ReadInteger(digits, token) : throw NotANumber(token);
    }

    /// <summary>An exponent makes no fraction here: <c>1e3</c> is the integer 1000.</summary>
    private static Value ReadInteger(string text, Token token)
    {
        text = text.TrimEnd('u', 'U');
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = e < 0 ? text : text[..e];
        var exponent = 0;
        if (!BigInteger.TryParse(mantissa, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || (e >= 0 && !int.TryParse(text[(e + 1)..].TrimStart('+'), NumberStyles.None, CultureInfo.InvariantCulture, out exponent))
            || exponent > LargestExponent)
        {
            throw NotANumber(token);
        }

        return Value.Shrink(number * BigInteger.Pow(10, exponent));
    }

    /// <summary>Bits that fill an integer make it negative, unless the spelling ends in u.</summary>
    private static Value ReadBits(string digits, int radix, Token token)
    {
        var isUnsigned = digits.EndsWith('u') || digits.EndsWith('U');
        digits = isUnsigned ? digits[..^1] : digits;
        var number = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
            {
                throw NotANumber(token);
            }

            number = (number * radix) + digit;
        }

        var bits = digits.TrimStart('0').Length * (radix == 16 ? 4 : 1);
        if (digits.Length == 0)
        {
            throw NotANumber(token);
        }

        return isUnsigned || bits > 64
            ? Value.Shrink(number)
            : number <= uint.MaxValue
                ? new Value(unchecked((int)(uint)number))
                : Value.Shrink(unchecked((long)(ulong)number));
    }

    private static ParseFault NotANumber(Token token) =>
        new(token.Line, token.Column, $"Expected a number, but found `{token.Text}`.");
}
