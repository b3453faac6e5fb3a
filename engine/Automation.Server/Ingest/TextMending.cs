namespace Automation.Server.Ingest;

/// <summary>
/// Makes JSON text safe to keep: a NUL character, which PostgreSQL and many vendors refuse, and half a surrogate pair, which is no
/// character at all, become U+FFFD. Both can only stand in JSON as escapes, and U+FFFD's escape is as long, so it is done in place.
/// </summary>
internal static class TextMending
{
    public static void Mend(Span<byte> json)
    {
        while (true)
        {
            var next = json.IndexOf((byte)'\\');
            if (next < 0 || next + 1 >= json.Length)
            {
                return;
            }
            json = json[next..];
            json = json[1] == (byte)'u' && json.Length >= 6 ? json[Escape(json)..] : json[2..];
        }
    }

    /// <returns>How many bytes are dealt with.</returns>
    private static int Escape(Span<byte> json)
    {
        var unit = Unit(json);
        if (unit is >= 0xD800 and < 0xDC00
            && json.Length >= 12 && json[6] == (byte)'\\' && json[7] == (byte)'u' && Unit(json[6..]) is >= 0xDC00 and < 0xE000)
        {
            return 12;
        }
        if (unit is 0 or >= 0xD800 and < 0xE000)
        {
            "FFFD"u8.CopyTo(json[2..]);
        }
        return 6;
    }

    // Minus one for what is no escape; the JSON reader will say so.
    private static int Unit(ReadOnlySpan<byte> escape)
    {
        var unit = 0;
        foreach (var digit in escape[2..6])
        {
            var value = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
                _ => -1,
            };
            if (value < 0)
            {
                return -1;
            }
            unit = (unit << 4) | value;
        }
        return unit;
    }
}
