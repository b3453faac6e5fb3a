namespace Automation.Core.Templates.Parsing;

/// <summary>Reads the words of one code block, from after its opening to after its closing.</summary>
internal sealed class CodeLexer(Source source, List<Token> tokens)
{
    private const int DeepestHoles = 100;

    /// <summary>Longest first, so that the first match is the right one.</summary>
    private static readonly string[] Symbols =
    [
        "...", "..<", "//=", "..", "?.", "??", "?!", "|>", "||", "&&", "==", "!=", "<=", "<<", ">=", ">>", "++", "+=",
        "--", "-=", "*=", "//", "/=", "%=", ".", "?", "|", "=", "!", "<", ">", "+", "-", "*", "/", "%", ":", ",", ";",
        "(", ")", "[", "]", "{", "}", "@", "^", "&",
    ];

    private readonly StringLexer _strings = new(source, tokens);
    private bool _scriptOnly;
    private bool _spaceBefore;

    /// <summary>Answers the mark before the closing: '-', '~' or nothing. The end of the text closes code as well.</summary>
    public char Read(bool scriptOnly)
    {
        _scriptOnly = scriptOnly;
        var depth = 0;
        while (!source.AtEnd)
        {
            if (depth == 0 && !scriptOnly && Closing(out var mark))
            {
                tokens.Add(new Token(TokenKind.Leave, null, source.Line, source.Column));
                source.Advance(mark == '\0' ? 2 : 3);
                return mark;
            }

            depth += ReadOne();
        }

        return '\0';
    }

    /// <summary>Reads the expression of a hole in an interpolated text, up to its closing brace.</summary>
    public void ReadHole()
    {
        if (++source.OpenHoles > DeepestHoles)
        {
            throw source.Fault("Expected at most 100 interpolated texts within each other, but there are more.");
        }

        tokens.Add(new Token(TokenKind.HoleStart, null, source.Line, source.Column));
        var depth = 0;
        while (depth > 0 || source.Current != '}')
        {
            if (source.AtEnd || source.Current is '\n' or '\r')
            {
                throw source.Fault("Expected the hole of an interpolated text to close on its line, but it does not.");
            }

            depth += ReadOne();
        }

        tokens.Add(new Token(TokenKind.HoleEnd, null, source.Line, source.Column));
        source.Advance();
        source.OpenHoles--;
    }

    private bool Closing(out char mark)
    {
        mark = source.Current is '-' or '~' && source.Peek() == '}' && source.Peek(2) == '}' ? source.Current : '\0';
        return mark != '\0' || source.Sees("}}");
    }

    /// <summary>Reads one token and answers by how much it changed the nesting of braces.</summary>
    private int ReadOne()
    {
        var c = source.Current;
        if (c is '\n')
        {
            tokens.Add(new Token(TokenKind.NewLine, null, source.Line, source.Column));
            source.Advance();
        }
        else if (char.IsWhiteSpace(c) || c == '\uFEFF')
        {
            source.Advance();
            _spaceBefore = true;
            return 0;
        }
        else if (c == '#')
        {
            SkipComment();
        }
        else if (c is '"' or '\'' or '`')
        {
            _strings.Read(c, _spaceBefore);
        }
        else if (c == '$' && source.Peek() is '"' or '\'')
        {
            _strings.ReadInterpolated(_spaceBefore, new CodeLexer(source, tokens));
        }
        else if (char.IsAsciiDigit(c))
        {
            ReadNumber();
        }
        else if (c == '$' || c == '_' || char.IsLetter(c))
        {
            ReadName(c);
        }
        else
        {
            return ReadSymbol();
        }

        _spaceBefore = false;
        return 0;
    }

    private int ReadSymbol()
    {
        var first = source.Current;
        foreach (var symbol in Symbols)
        {
            if (symbol[0] == first && source.Sees(symbol))
            {
                tokens.Add(new Token(TokenKind.Symbol, symbol, source.Line, source.Column, _spaceBefore));
                source.Advance(symbol.Length);
                _spaceBefore = false;
                return symbol switch { "{" => 1, "}" => -1, _ => 0 };
            }
        }

        throw source.Fault($"Expected an expression, but found `{source.Current}`.");
    }

    private void SkipComment()
    {
        var isLong = source.Peek() == '#';
        source.Advance(isLong ? 2 : 1);
        while (!source.AtEnd)
        {
            if (!_scriptOnly && Closing(out _))
            {
                return;
            }

            if (isLong && source.Sees("##"))
            {
                source.Advance(2);
                return;
            }

            if (!isLong && source.Current == '\n')
            {
                return;
            }

            source.Advance();
        }
    }

    private void ReadName(char first)
    {
        var line = source.Line;
        var column = source.Column;
        var start = source.Position;
        source.Advance();
        if (first == '$' && source.Current == '$')
        {
            source.Advance();
        }

        while (source.Current == '_' || char.IsLetterOrDigit(source.Current))
        {
            source.Advance();
        }

        var name = source.Text[start..source.Position];
        if (name == "empty" && source.Current == '?' && source.Peek() is not ('.' or '?') && AfterDot())
        {
            source.Advance();
            name = "empty?";
        }

        var kind = first == '$' ? TokenKind.Local : TokenKind.Identifier;
        tokens.Add(new Token(kind, name, line, column, _spaceBefore));
    }

    private bool AfterDot() => tokens.Count > 0 && (tokens[^1].Is(".") || tokens[^1].Is("?."));

    /// <summary>Takes the whole spelling of a number; what it means, and whether it means anything, is for the parser.</summary>
    private void ReadNumber()
    {
        var line = source.Line;
        var column = source.Column;
        var start = source.Position;
        var isPlain = !(source.Current == '0' && source.Peek() is 'x' or 'X' or 'b' or 'B');
        var seenDot = false;
        while (char.IsAsciiLetterOrDigit(source.Current) || source.Current == '_' || IsDotOfNumber() || IsSign(start))
        {
            seenDot |= source.Current == '.';
            source.Advance();
        }

        tokens.Add(new Token(TokenKind.Number, source.Text[start..source.Position], line, column, _spaceBefore));

        bool IsDotOfNumber() => isPlain && !seenDot && source.Current == '.' && char.IsAsciiDigit(source.Peek());

        bool IsSign(int from) => isPlain && source.Current is '+' or '-' && source.Position > from
            && source.Text[source.Position - 1] is 'e' or 'E' && char.IsAsciiDigit(source.Peek());
    }
}
