using System.Collections.Immutable;

using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Parsing;

/// <summary>Builds the tree of one template from its tokens. The first fault ends the parse.</summary>
internal sealed partial class Parser
{
    /// <summary>Deeper nesting than anybody writes, and shallow enough for every stack.</summary>
    private const int DeepestNesting = 250;

    private readonly List<Token> _tokens;
    private readonly bool _indents;
    private int _position;
    private int _newLinesIgnored;
    private int _depth;

    private Parser(List<Token> tokens)
    {
        _tokens = tokens;
        _indents = tokens.Exists(token => token.Kind == TokenKind.Enter && token.Text is not null);
    }

    private Token Current => _tokens[_position];

    private Token Following => _tokens[Math.Min(_position + 1, _tokens.Count - 1)];

    public static Block Parse(string text, bool scriptOnly, VariableCollector variables)
    {
        var parser = new Parser(Lexer.Read(text, scriptOnly)) { _variables = variables };
        var page = parser.ParseBlock();
        return parser.Current.Kind == TokenKind.End
            ? page
            : throw parser.Unexpected("the end of the template");
    }

    private Token Advance()
    {
        var token = _tokens[_position];
        if (token.Kind != TokenKind.End)
        {
            _position++;
        }

        SkipNewLinesInBrackets();
        return token;
    }

    private void SkipNewLinesInBrackets()
    {
        while (_newLinesIgnored > 0 && _tokens[_position].Kind == TokenKind.NewLine)
        {
            _position++;
        }
    }

    private void SkipNewLines()
    {
        while (Current.Kind == TokenKind.NewLine)
        {
            _position++;
        }
    }

    /// <summary>Inside brackets a line end means nothing.</summary>
    private void OpenBracket()
    {
        _newLinesIgnored++;
        Advance();
    }

    private void CloseBracket(string symbol)
    {
        if (!Current.Is(symbol))
        {
            throw Unexpected($"`{symbol}`");
        }

        _newLinesIgnored--;
        Advance();
    }

    private bool Take(string symbol)
    {
        if (!Current.Is(symbol))
        {
            return false;
        }

        Advance();
        return true;
    }

    private ParseFault Unexpected(string expected) => Unexpected(expected, Current);

    private static ParseFault Unexpected(string expected, Token found) =>
        new(found.Line, found.Column, $"Expected {expected}, but found `{found.Spelling}`.");

    private void Deeper()
    {
        if (++_depth > DeepestNesting)
        {
            throw new ParseFault(Current.Line, Current.Column, "Expected at most 250 levels of nesting, but there are more.");
        }
    }

    /// <summary>Reads statements up to a word that ends or divides a block; that word is left for the caller.</summary>
    private Block ParseBlock()
    {
        Deeper();
        var (line, column) = (Current.Line, Current.Column);
        var statements = ImmutableArray.CreateBuilder<Statement>();
        while (Current.Kind != TokenKind.End && !AtDivider())
        {
            if (ParseOne() is { } statement)
            {
                statements.Add(statement);
            }
        }

        _depth--;
        return new Block(line, column, statements.DrainToImmutable());
    }

    private bool AtDivider() => Current.IsWord("end") || Current.IsWord("else") || Current.IsWord("when");

    /// <summary>One statement, or null for what only separates statements.</summary>
    private Statement? ParseOne()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.NewLine:
                Advance();
                return null;
            case TokenKind.Symbol when token.Text == ";":
                Advance();
                return null;
            case TokenKind.Text:
                Advance();
                return new TextStatement(token.Line, token.Column, token.Text!);
            case TokenKind.Enter or TokenKind.Leave:
                Advance();
                return _indents
                    ? new IndentMark(token.Line, token.Column, token.Kind == TokenKind.Enter, token.Text)
                    : null;
            default:
                var statement = ParseStatement();
                EndStatement();
                return statement;
        }
    }

    private void EndStatement()
    {
        if (!Current.EndsStatement && !Current.Is(";"))
        {
            throw Unexpected("the end of the statement");
        }
    }

    private void ExpectEnd(Token opener)
    {
        if (!Current.IsWord("end"))
        {
            throw Current.Kind == TokenKind.End
                ? new ParseFault(_tokens[_position - 1].Line, _tokens[_position - 1].Column, $"Expected an `end` for `{opener.Text}`, but there is none.")
                : Unexpected($"`end` for `{opener.Text}`");
        }

        Advance();
    }
}
