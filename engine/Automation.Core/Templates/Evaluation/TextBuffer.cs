using System.Globalization;

namespace Automation.Core.Templates.Evaluation;

/// <summary>
/// The characters of one render. Captures, includes and conversions write behind the text there is and cut their part off
/// again, so one array serves them all; it stays with the thread for the next render.
/// </summary>
internal sealed class TextBuffer
{
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static TextBuffer? Kept;

    private char[] _characters = new char[1024];

    public int Length { get; private set; }

    public static TextBuffer Rent()
    {
        var buffer = Kept ?? new TextBuffer();
        Kept = null;
        buffer.Length = 0;
        return buffer;
    }

    public void Return()
    {
        if (_characters.Length <= LargestKept)
        {
            Kept = this;
        }
    }

    public void Append(char character)
    {
        if (Length == _characters.Length)
        {
            Grow(1);
        }

        _characters[Length++] = character;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _characters.Length - Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_characters.AsSpan(Length));
        Length += text.Length;
    }

    public void Append<T>(T value, ReadOnlySpan<char> format, CultureInfo culture)
        where T : ISpanFormattable
    {
        int written;
        while (!value.TryFormat(_characters.AsSpan(Length), out written, format, culture))
        {
            Grow(_characters.Length);
        }

        Length += written;
    }

    public ReadOnlySpan<char> From(int start) => _characters.AsSpan(start, Length - start);

    public string TextFrom(int start) => new(_characters, start, Length - start);

    public void CutTo(int length) => Length = length;

    private void Grow(int needed)
    {
        var size = Math.Max(_characters.Length * 2L, _characters.Length + (long)needed);
        Array.Resize(ref _characters, (int)Math.Min(size, Array.MaxLength));
    }
}
