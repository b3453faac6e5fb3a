using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Automation.Core.Primitives;

/// <summary>
/// What stands in place of names and numbers of people, for who may not see them: enough to recognise somebody who is known already,
/// too little to find or call them. <c>138****8000</c>, <c>王*</c>, <c>a***@example.com</c>.
/// </summary>
public static partial class PersonalMask
{
    private const string Hidden = PersonalFields.Masked;
    private const long PhoneMin = 13_000_000_000;
    private const long PhoneMax = 19_999_999_999;

    /// <summary>The value of a personal field, whatever it is: text, number, or all that is in an object or a list.</summary>
    public static object? Value(string field, object? value) => value switch
    {
        null or bool => value,
        string text => Text(field, text),
        PropertyBag bag => Map(bag, static (name, inner) => Value(name, inner)),
        IReadOnlyList<object?> list => List(list, item => Value(field, item)),
        _ => Text(field, PropertyValues.Text(value)!),
    };

    /// <summary>Values of personal fields masked, and in all other texts what looks like a number or an address of a person.</summary>
    public static PropertyBag Bag(PropertyBag bag, PersonalFields fields) =>
        Map(bag, (name, value) => fields.Contains(name) ? Value(name, value) : Other(value, fields));

    /// <summary>A value in its place: of a personal field or not.</summary>
    public static object? Other(object? value, PersonalFields fields) => value switch
    {
        string text => Text(text),
        PropertyBag bag => Bag(bag, fields),
        IReadOnlyList<object?> list => List(list, item => Other(item, fields)),
        long number => Number(number),
        _ => value,
    };

    /// <summary>Whether a value looks like a number or an address of a person, or holds one, whatever its field is called.</summary>
    public static bool Looks(object? value) => value switch
    {
        string text => !ReferenceEquals(Text(text), text),
        long number => number is >= PhoneMin and <= PhoneMax,
        _ => false,
    };

    /// <summary>Free text: what looks like a mobile number, an e-mail address or an identity card is masked, the rest stays.</summary>
    public static string Text(string text)
    {
        if (!MayHold(text))
        {
            return text;
        }
        text = Emails().Replace(text, static match => Email(match.Value));
        text = Cards().Replace(text, static match => string.Concat(match.ValueSpan[..1], "****************", match.ValueSpan[^1..]));
        return Phones().Replace(text, static match => Phone(match.Value));
    }

    /// <summary>Text of a field that is personal by its name: nothing but its mask is left of it.</summary>
    public static string Text(string field, string text)
    {
        if (text.Length == 0 || IsMasked(text))
        {
            return text;
        }
        if (text.Contains('@', StringComparison.Ordinal))
        {
            return Email(text);
        }
        if (LooksLikeNumber(text))
        {
            return Phone(text);
        }
        return IsName(field) ? string.Concat(StringInfo.GetNextTextElement(text), "*") : Hidden;
    }

    private static PropertyBag Map(PropertyBag bag, Func<string, object?, object?> map)
    {
        string[]? keys = null;
        object?[]? values = null;
        for (var i = 0; i < bag.Count; i++)
        {
            var (name, value) = bag.At(i);
            var now = map(name, value);
            if (ReferenceEquals(now, value) || (values is null && Equals(now, value)))
            {
                continue;
            }
            values ??= [.. bag.Values];
            keys ??= [.. bag.Keys];
            values[i] = now;
        }
        return values is null ? bag : new PropertyBag(keys!, values);
    }

    private static IReadOnlyList<object?> List(IReadOnlyList<object?> list, Func<object?, object?> map)
    {
        List<object?> now = [.. list.Select(map)];
        return now.SequenceEqual(list) ? list : now;
    }

    // A number may be a telephone's: 13800138000 as JSON number.
    private static object Number(long number) =>
        number is >= PhoneMin and <= PhoneMax ? Phone(number.ToString(CultureInfo.InvariantCulture)) : number;

    /// <summary>The beginning that tells the network, and the end that its owner recognises.</summary>
    private static string Phone(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            if (char.IsAsciiDigit(sign))
            {
                digits.Append(sign);
            }
        }
        var whole = digits.ToString();
        var country = whole.Length == 13 && whole.StartsWith("86", StringComparison.Ordinal) ? 2 : 0;
        var own = whole.AsSpan(country);
        var masked = own.Length switch
        {
            >= 9 => string.Concat(own[..3], "****", own[^4..]),
            >= 5 => string.Concat("****", own[^2..]),
            _ => Hidden,
        };
        return country > 0 ? string.Concat(text.StartsWith('+') ? "+86" : "86", masked) : masked;
    }

    private static string Email(string text)
    {
        var at = text.LastIndexOf('@');
        return at <= 0 ? Hidden : string.Concat(StringInfo.GetNextTextElement(text), "***", text.AsSpan(at));
    }

    private static bool LooksLikeNumber(string text)
    {
        var digits = 0;
        foreach (var sign in text)
        {
            if (char.IsAsciiDigit(sign))
            {
                digits++;
            }
            else if (sign is not ('+' or '-' or ' ' or '(' or ')'))
            {
                return false;
            }
        }
        // Longer ones are identity cards, of which nothing is shown.
        return digits is >= 5 and <= 15;
    }

    // What was masked before stays as it is.
    private static bool IsMasked(string text) =>
        text == Hidden || (text.Contains("****", StringComparison.Ordinal) && text.All(static sign => char.IsAsciiDigit(sign) || sign is '*' or '+'));

    private static bool IsName(string field) =>
        field.EndsWith("name", StringComparison.OrdinalIgnoreCase) || field is "姓名" or "昵称";

    // Most texts hold neither; this looks once and cheaply before the patterns are asked.
    private static bool MayHold(string text)
    {
        var run = 0;
        foreach (var sign in text)
        {
            if (sign == '@')
            {
                return true;
            }
            // Numbers are written with blanks and hyphens in them, and with nothing else.
            run = char.IsAsciiDigit(sign) ? run + 1 : sign is ' ' or '-' ? run : 0;
            if (run >= 11)
            {
                return true;
            }
        }
        return false;
    }

    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]{4}){2}(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Phones();

    [GeneratedRegex(@"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Cards();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", RegexOptions.CultureInvariant)]
    private static partial Regex Emails();
}
