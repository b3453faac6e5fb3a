namespace Automation.Connectors.Sms;

/// <summary>A phone number as the engine keeps it (<c>+8613900000001</c>) and as vendors write it.</summary>
public static class SmsPhone
{
    private const int DigitsMin = 5;
    private const int DigitsMax = 15;

    /// <summary>The number with a plus and its country's code.</summary>
    /// <param name="text">As a vendor or a message has it: <c>13900000001</c>, <c>8613900000001</c>, <c>0086139…</c>, <c>+86139…</c>.</param>
    /// <param name="phone">The number in its one spelling, when the result is true.</param>
    /// <returns>False for what is no number.</returns>
    public static bool TryRead(string text, out string phone)
    {
        var digits = text.Trim();
        var isInternational = digits.StartsWith('+') || digits.StartsWith("00", StringComparison.Ordinal);
        digits = digits.StartsWith('+') ? digits[1..] : isInternational ? digits[2..] : digits;
        phone = "";
        if (digits.Length is < DigitsMin or > DigitsMax || digits.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return false;
        }

        phone = isInternational || !IsMainlandMobile(digits) ? $"+{digits}" : $"+86{digits}";
        return !phone.StartsWith("+86", StringComparison.Ordinal) || IsMainlandMobile(phone[3..]);
    }

    /// <summary>Whether the number is of mainland China.</summary>
    /// <param name="phone">As <see cref="TryRead"/> gives it.</param>
    public static bool IsMainland(string phone) => phone.StartsWith("+86", StringComparison.Ordinal);

    private static bool IsMainlandMobile(string digits) => digits.Length == 11 && digits[0] == '1' && digits[1] >= '3';
}
