namespace Automation.Core.Templates.Parsing;

/// <summary>The text being read and the place in it, counted in lines and columns from 1.</summary>
internal sealed class Source(string text)
{
    private int _lineStart;

    public string Text { get; } = text;

    public int Position { get; private set; }

    /// <summary>How many interpolated texts are being read within each other.</summary>
    public int OpenHoles { get; set; }

    public int Line { get; private set; } = 1;

    public int Column => Position - _lineStart + 1;

    public bool AtEnd => Position >= Text.Length;

    public char Current => Position < Text.Length ? Text[Position] : '\0';

    public char Peek(int ahead = 1) => Position + ahead < Text.Length ? Text[Position + ahead] : '\0';

    public bool Sees(string expected) => string.CompareOrdinal(Text, Position, expected, 0, expected.Length) == 0;

    public void Advance(int count = 1)
    {
        var end = Math.Min(Position + count, Text.Length);
        if (count == 1 && end > Position && Text[Position] != '\n')
        {
            Position = end;
            return;
        }

        var passed = Text.AsSpan(Position, end - Position);
        for (var newLine = passed.IndexOf('\n'); newLine >= 0; newLine = passed.IndexOf('\n'))
        {
            Line++;
            _lineStart = end - passed.Length + newLine + 1;
            passed = passed[(newLine + 1)..];
        }

        Position = end;
    }

    /// <summary>Moves to the next place of a character, or to the end.</summary>
    public void AdvanceTo(char wanted)
    {
        var at = Text.IndexOf(wanted, Position);
        Advance((at < 0 ? Text.Length : at) - Position);
    }

    public ParseFault Fault(string message) => new(Line, Column, message);
}
