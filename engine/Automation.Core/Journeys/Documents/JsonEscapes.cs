using System.Buffers;
using System.Globalization;
using System.Text;

namespace Automation.Core.Journeys.Documents;

/// <summary>
/// Takes back the escapes of System.Text.Json that JSON does not ask for: its most relaxed encoder still writes emoji and the
/// ideographic space as \u…, and nobody can review those in git.
/// </summary>
internal static class JsonEscapes
{
    private const int EscapeLength = 6;
    private const char FirstReadable = '\u00A0';

    public static byte[] TakeBack(ReadOnlySpan<byte> json)
    {
        var result = new ArrayBufferWriter<byte>(json.Length + 1);
        while (json.IndexOf((byte)'\\') is var at and >= 0)
        {
            result.Write(json[..at]);
            json = json[at..];
            var used = TryRead(json, out var rune) ? rune.Utf16SequenceLength * EscapeLength : 0;
            if (used > 0)
            {
                result.Advance(rune.EncodeToUtf8(result.GetSpan(4)));
            }
            else
            {
                // A pair such as \\ or \n is copied whole, so that what follows a backslash is never taken for an escape.
                used = 2;
                result.Write(json[..used]);
            }
            json = json[used..];
        }
        result.Write(json);
        return result.WrittenSpan.ToArray();
    }

    private static bool TryRead(ReadOnlySpan<byte> json, out Rune rune)
    {
        rune = default;
        return TryUnit(json, out var first)
            // Line and paragraph separators are line ends to some readers.
            && first is >= FirstReadable and not ('\u2028' or '\u2029')
            && (Rune.TryCreate(first, out rune)
                || (json.Length > EscapeLength && TryUnit(json[EscapeLength..], out var second) && Rune.TryCreate(first, second, out rune)));
    }

    private static bool TryUnit(ReadOnlySpan<byte> json, out char unit)
    {
        unit = default;
        if (json.Length < EscapeLength || json[0] != '\\' || json[1] != 'u'
            || !ushort.TryParse(json[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return false;
        }
        unit = (char)code;
        return true;
    }
}
