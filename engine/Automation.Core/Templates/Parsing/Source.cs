namespace Automation.Core.Templates.Parsing;

/// <summary>The text being read and the place in it, counted in lines and columns from 1.</summary>
internal sealed class Source(string text)
{
    private int _lineStart;

    public string Text { get; } = text;

    public int Position { get; private set; }

    public int Line { get; private set; } = 1;

    public int Column => Position - _lineStart + 1;

    public bool AtEnd => Position >= Text.Length;

    public char Current => Position < Text.Length ? Text[Position] : '\0';

    public char Peek(int ahead = 1) => Position + ahead < Text.Length ? Text[Position + ahead] : '\0';

    public bool Sees(string expected) => string.CompareOrdinal(Text, Position, expected, 0, expected.Length) == 0;

    public void Advance(int count = 1)
    {
        for (; count > 0 && Position < Text.Length; count--)
        {
            if (Text[Position] == '\n')
            {
                Line++;
                _lineStart = Position + 1;
            }

            Position++;
        }
    }

    public ParseFault Fault(string message) => new(Line, Column, message);
}
