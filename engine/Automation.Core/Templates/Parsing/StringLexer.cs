using System.Globalization;
using System.Text;

namespace Automation.Core.Templates.Parsing;

/// <summary>Reads texts: with escapes, verbatim, and interpolated with holes for expressions.</summary>
internal sealed class StringLexer(Source source, List<Token> tokens)
{
    public void Read(char quote, bool spaceBefore)
    {
        var line = source.Line;
        var column = source.Column;
        source.Advance();
        var text = quote == '`' ? ReadVerbatim() : ReadEscaped(quote);
        tokens.Add(new Token(TokenKind.String, text, line, column, spaceBefore));
    }

    public void ReadInterpolated(bool spaceBefore, CodeLexer holes)
    {
        tokens.Add(new Token(TokenKind.InterpolationStart, "$", source.Line, source.Column, spaceBefore));
        source.Advance();
        var quote = source.Current;
        source.Advance();
        var part = new StringBuilder();
        var openBraces = 0;
        while (source.Current != quote || source.AtEnd)
        {
            RefuseEnd(quote);
            if (source.Current == '{')
            {
                EmitPart(part);
                source.Advance();
                holes.ReadHole();
            }
            else if (source.Current == '\\' && source.Peek() == '{')
            {
                openBraces++;
                part.Append('{');
                source.Advance(2);
            }
            else if (source.Current == '}' && --openBraces < 0)
            {
                throw source.Fault("Expected a closing brace to end a hole, but no hole is open.");
            }
            else
            {
                ReadCharacter(part);
            }
        }

        EmitPart(part);
        tokens.Add(new Token(TokenKind.InterpolationEnd, null, source.Line, source.Column));
        source.Advance();
    }

    private void EmitPart(StringBuilder part)
    {
        if (part.Length > 0)
        {
            tokens.Add(new Token(TokenKind.String, part.ToString(), source.Line, source.Column));
            part.Clear();
        }
    }

    private void RefuseEnd(char quote)
    {
        if (source.AtEnd)
        {
            throw source.Fault($"Expected a text to end in {quote}, but found the end of the template.");
        }
    }

    private string ReadVerbatim()
    {
        var text = new StringBuilder();
        while (true)
        {
            RefuseEnd('`');
            if (source.Current == '`')
            {
                source.Advance();
                if (source.Current != '`')
                {
                    return text.ToString();
                }
            }

            text.Append(source.Current);
            source.Advance();
        }
    }

    private string ReadEscaped(char quote)
    {
        var text = new StringBuilder();
        while (true)
        {
            RefuseEnd(quote);
            if (source.Current == quote)
            {
                source.Advance();
                return text.ToString();
            }

            ReadCharacter(text);
        }
    }

    private void ReadCharacter(StringBuilder text)
    {
        if (source.Current != '\\')
        {
            text.Append(source.Current);
            source.Advance();
            return;
        }

        source.Advance();
        var escape = source.Current;
        if (escape is 'u' or 'x')
        {
            text.Append(ReadHex(escape == 'u' ? 4 : 2));
            return;
        }

        text.Append(escape switch
        {
            '\'' or '"' or '\\' => escape,
            '0' => '\0',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            _ => throw source.Fault($"Expected one of ' \" \\ 0 b f n r t u v x after a backslash, but found `{escape}`."),
        });
        source.Advance();
    }

    private char ReadHex(int digits)
    {
        source.Advance();
        var code = 0;
        for (var i = 0; i < digits; i++)
        {
            var digit = source.Current;
            if (!char.IsAsciiHexDigit(digit))
            {
                throw source.Fault($"Expected {digits.ToString(CultureInfo.InvariantCulture)} hexadecimal digits, but found `{digit}`.");
            }

            code = (code * 16) + Convert.ToInt32(digit.ToString(), 16);
            source.Advance();
        }

        return (char)code;
    }
}
