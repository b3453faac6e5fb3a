using System.Text;
using System.Text.Unicode;

namespace Automation.Core.Primitives;

/// <summary>Texts that are kept as UTF-8 and compared with those of a document.</summary>
internal static class Utf8Text
{
    private const int ShortMax = 256;

    /// <summary>Whether the bytes are this text, ordinally. Allocates nothing for texts of ordinary length.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes, string text)
    {
        if (bytes.Length < text.Length || bytes.Length > 3 * text.Length)
        {
            return false; // A character of UTF-16 takes one to three bytes.
        }
        if (bytes.Length == text.Length)
        {
            return Ascii.Equals(bytes, text);
        }
        if (bytes.Length > ShortMax)
        {
            return Encoding.UTF8.GetString(bytes) == text;
        }
        Span<char> characters = stackalloc char[ShortMax];
        Utf8.ToUtf16(bytes, characters, out _, out var used);
        return characters[..used].SequenceEqual(text);
    }
}
