namespace Automation.Core.Templates.Parsing;

/// <summary>Cuts a template into tokens: text as it stands, and the words of the code between the braces.</summary>
internal sealed class Lexer
{
    private readonly Source _source;
    private readonly List<Token> _tokens = [];

    /// <summary>What the closing of the last code block asked the following text to lose: '-', '~' or nothing.</summary>
    private char _trimStart;

    /// <summary>Whether text since the last newline is only whitespace, so that code here starts its line.</summary>
    private bool _lineIsBlank = true;

    private Lexer(string text)
    {
        _source = new Source(text);
    }

    public static List<Token> Read(string text, bool scriptOnly)
    {
        var lexer = new Lexer(text);
        if (scriptOnly)
        {
            new CodeLexer(lexer._source, lexer._tokens).Read(scriptOnly: true);
        }
        else
        {
            lexer.ReadAll();
        }

        lexer._tokens.Add(new Token(TokenKind.End, null, lexer._source.Line, lexer._source.Column));
        return lexer._tokens;
    }

    private void ReadAll()
    {
        while (!_source.AtEnd)
        {
            ReadText();
            if (_source.AtEnd)
            {
                return;
            }

            var escape = EscapeLevel();
            if (escape > 0)
            {
                ReadEscape(escape);
            }
            else
            {
                ReadCode();
            }
        }
    }

    private void ReadText()
    {
        var start = _source.Position;
        var line = _source.Line;
        var column = _source.Column;
        _source.AdvanceTo('{');
        while (!_source.AtEnd && _source.Peek() != '{' && EscapeLevel() == 0)
        {
            _source.Advance();
            _source.AdvanceTo('{');
        }

        var text = _source.Text[start.._source.Position];
        text = Trim.Start(text, _trimStart, out var trimmedAll);
        var opener = _source.AtEnd ? '\0' : OpeningMark();
        var indent = opener == '\0' && !_source.AtEnd && _source.Sees("{{") ? Indentation(text, trimmedAll) : null;
        text = Trim.End(text, opener);
        if (text.Length > 0)
        {
            _tokens.Add(new Token(TokenKind.Text, text, line, column));
        }

        _trimStart = '\0';
        _pendingIndent = indent;
        _lineIsBlank = false;
    }

    private string? _pendingIndent;

    /// <summary>The whitespace between the last newline and the code, when there is nothing else on that line.</summary>
    private string? Indentation(string text, bool trimmedAll)
    {
        var start = text.LastIndexOf('\n') + 1;
        var startsLine = start > 0 || (_lineIsBlank && !trimmedAll) || _afterNewLineTrim;
        _afterNewLineTrim = false;
        if (!startsLine || start == text.Length)
        {
            return null;
        }

        for (var i = start; i < text.Length; i++)
        {
            if (text[i] is not (' ' or '\t'))
            {
                return null;
            }
        }

        return text[start..];
    }

    private bool _afterNewLineTrim;

    private char OpeningMark()
    {
        var escape = EscapeLevel();
        var mark = escape > 0 ? _source.Peek(escape + 2) : _source.Peek(2);
        return mark is '-' or '~' ? mark : '\0';
    }

    /// <summary>The number of percent signs when an escape block opens here, otherwise zero.</summary>
    private int EscapeLevel()
    {
        if (_source.Current != '{' || _source.Peek() != '%')
        {
            return 0;
        }

        var count = 1;
        while (_source.Peek(count + 1) == '%')
        {
            count++;
        }

        return _source.Peek(count + 1) == '{' ? count : 0;
    }

    private void ReadEscape(int level)
    {
        var line = _source.Line;
        var column = _source.Column;
        var mark = OpeningMark();
        _source.Advance(level + 2 + (mark == '\0' ? 0 : 1));
        var closer = "}" + new string('%', level) + "}";
        var start = _source.Position;
        while (!_source.AtEnd && !_source.Sees(closer))
        {
            _source.Advance();
        }

        if (_source.AtEnd)
        {
            throw _source.Fault($"Expected the escape block opened at {line},{column} to end in `{closer}`, but found the end.");
        }

        var body = _source.Text[start.._source.Position];
        _trimStart = body.Length > 0 && body[^1] is '-' or '~' ? body[^1] : '\0';
        body = _trimStart == '\0' ? body : body[..^1];
        _source.Advance(closer.Length);
        if (body.Length > 0)
        {
            _tokens.Add(new Token(TokenKind.Text, body, line, column));
        }

        NoteLineTrim();
    }

    private void ReadCode()
    {
        var mark = OpeningMark();
        _tokens.Add(new Token(TokenKind.Enter, _pendingIndent, _source.Line, _source.Column));
        _source.Advance(mark == '\0' ? 2 : 3);
        _trimStart = new CodeLexer(_source, _tokens).Read(scriptOnly: false);
        NoteLineTrim();
    }

    /// <summary>After <c>~}}</c> took the newline the next text starts a line of its own, and may be an indentation.</summary>
    private void NoteLineTrim()
    {
        if (_trimStart != '~')
        {
            return;
        }

        var i = _source.Position;
        var text = _source.Text;
        while (i < text.Length && text[i] is ' ' or '\t' or '\r')
        {
            i++;
        }

        _afterNewLineTrim = i < text.Length && text[i] == '\n';
    }
}
