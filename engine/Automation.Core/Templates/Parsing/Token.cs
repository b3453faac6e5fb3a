namespace Automation.Core.Templates.Parsing;

internal enum TokenKind
{
    End,

    /// <summary>Text outside of code, already trimmed.</summary>
    Text,

    /// <summary>An opening of code; its text is the indentation before it, or null.</summary>
    Enter,

    /// <summary>A closing of code.</summary>
    Leave,
    NewLine,
    Identifier,

    /// <summary>A name after a dollar sign, or a dollar sign alone.</summary>
    Local,
    Number,
    String,

    /// <summary>The parts of an interpolated text arrive between these two; expressions are fenced by the next two.</summary>
    InterpolationStart,
    InterpolationEnd,
    HoleStart,
    HoleEnd,
    Symbol,
}

/// <summary>One word of the source. <see cref="Text"/> is the decoded text of a string, the spelling of anything else.</summary>
internal readonly record struct Token(TokenKind Kind, string? Text, int Line, int Column, bool SpaceBefore = false)
{
    /// <summary>Symbols and identifiers are compared by their spelling.</summary>
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Identifier && Text == word;

    /// <summary>Whether a statement cannot go on here.</summary>
    public bool EndsStatement => Kind is TokenKind.End or TokenKind.Leave or TokenKind.NewLine or TokenKind.Text
        or TokenKind.HoleEnd;

    public string Spelling => Kind switch
    {
        TokenKind.End => "<eof>",
        TokenKind.Leave => "}}",
        TokenKind.NewLine => "<eol>",
        TokenKind.HoleEnd => "}",
        _ => Text ?? Kind.ToString(),
    };
}

/// <summary>Ends the reading of one template: the first fault is the one reported.</summary>
internal sealed class ParseFault : Exception
{
    public ParseFault(int line, int column, string message)
        : base(message)
    {
        Line = line;
        Column = column;
    }

    public ParseFault()
    {
    }

    public ParseFault(string message)
        : base(message)
    {
    }

    public ParseFault(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public int Line { get; }

    public int Column { get; }
}
