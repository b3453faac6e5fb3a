using System.Collections.Immutable;
using System.Globalization;

using Automation.Core.Templates.Evaluation;
using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Parsing;

/// <summary>The smallest expressions: literals, names, brackets, and what is attached to them.</summary>
internal sealed partial class Parser
{
    /// <summary>A path longer than this is noted up to here: nobody wrote it by hand.</summary>
    private const int LongestPath = 200;

    private VariableCollector _variables = new();

    /// <summary>The last call written with parentheses, which an equals sign turns into a function definition.</summary>
    private Call? _lastAttachedCall;

    private Expression ParseUnary(string place)
    {
        var token = Current;
        if (token.Kind != TokenKind.Symbol || token.Text is not ("!" or "-" or "+" or "@" or "^" or "++" or "--"))
        {
            return ParsePostfix(place);
        }

        Deeper();
        Advance();
        var operand = ParseUnary("operand");
        if (token.Text is "!" or "-" or "+" && !_inArguments && StartsArgument())
        {
            operand = ParseSpacedCall(operand);
        }

        _depth--;
        var (line, column) = (token.Line, token.Column);
        return token.Text switch
        {
            "!" => new Unary(line, column, UnaryOperator.Not, operand),
            "@" => new FunctionReference(line, column, operand),
            "^" => new Expand(line, column, operand),
            "++" => new Increment(line, column, operand, 1, answersOld: false),
            "--" => new Increment(line, column, operand, -1, answersOld: false),
            "-" when operand is Literal { Value.IsNumber: true } literal =>
                new Literal(line, column, Unary.Negate(literal.Value)),
            "-" => new Unary(line, column, UnaryOperator.Negate, operand),
            _ => new Unary(line, column, UnaryOperator.Plus, operand),
        };
    }

    private Expression ParsePostfix(string place)
    {
        var start = Current;
        var expression = ParsePrimary(place);
        var path = expression is GlobalName root ? root.Name : null;
        var isCareful = false;
        for (var links = 1; ; links++)
        {
            var token = Current;
            if (token.Is(".") || token.Is("?."))
            {
                Advance();
                isCareful |= token.Text == "?.";
                var name = Current.Kind == TokenKind.Identifier ? Advance().Text! : throw Unexpected("a name after the dot");
                path = path is null || path.Length > LongestPath || name is "size" or "empty?" ? Record(path) : $"{path}.{name}";
                expression = new Member(token.Line, token.Column, Guard(expression, links), name, isCareful);
            }
            else if (token.Is("[") && !token.SpaceBefore && expression is not (ArrayLiteral or ObjectLiteral))
            {
                path = Record(path);
                expression = ParseElement(Guard(expression, links), isCareful);
            }
            else if (token.Is("(") && !token.SpaceBefore && IsCallable(expression))
            {
                path = Record(path);
                expression = _lastAttachedCall = ParseAttachedCall(Guard(expression, links));
            }
            else if ((token.Is("++") || token.Is("--")) && expression is IAssignable && start.Kind != TokenKind.Symbol)
            {
                Advance();
                expression = new Increment(token.Line, token.Column, expression, token.Text == "++" ? 1 : -1, answersOld: true);
            }
            else
            {
                Record(path);
                return expression;
            }
        }
    }

    /// <summary>Notes a finished path; what hangs on it from here on is no path of the model.</summary>
    private string? Record(string? path)
    {
        if (path is not null)
        {
            _variables.Read(path);
        }

        return null;
    }

    private static bool IsCallable(Expression expression) => expression is GlobalName or LocalName or Member or Element or Argument;

    private Element ParseElement(Expression target, bool isCareful)
    {
        var token = Current;
        OpenBracket();
        var index = ParseFresh("index");
        CloseBracket("]");
        return new Element(token.Line, token.Column, target, index, isCareful);
    }

    private Call ParseAttachedCall(Expression target)
    {
        var positional = ImmutableArray.CreateBuilder<Expression>();
        var named = ImmutableArray.CreateBuilder<KeyValuePair<string, Expression>>();
        OpenBracket();
        while (!Current.Is(")"))
        {
            if (Current.Kind == TokenKind.Identifier && Following.Is(":"))
            {
                var name = Advance().Text!;
                Advance();
                named.Add(KeyValuePair.Create(name, ParseFresh("value of the argument")));
            }
            else
            {
                positional.Add(ParseFresh("argument"));
            }

            if (!Take(",") && !Current.Is(")"))
            {
                throw Unexpected("`,` or `)`");
            }
        }

        CloseBracket(")");
        return new Call(target.Line, target.Column, target, positional.DrainToImmutable(), named.DrainToImmutable(), isPiped: false);
    }

    private Expression ParsePrimary(string place)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return new Literal(token.Line, token.Column, NumberReader.Read(token));
            case TokenKind.String:
                Advance();
                return new Literal(token.Line, token.Column, new Value(token.Text));
            case TokenKind.InterpolationStart:
                return ParseInterpolation();
            case TokenKind.Local:
                Advance();
                return ParseLocal(token);
            case TokenKind.Identifier:
                return ParseName(token);
            case TokenKind.Symbol when token.Text == "(":
                OpenBracket();
                var inner = ParseFresh("expression");
                CloseBracket(")");
                return new Parenthesised(token.Line, token.Column, inner);
            case TokenKind.Symbol when token.Text == "[":
                return ParseArray();
            case TokenKind.Symbol when token.Text == "{":
                return ParseObject();
            default:
                throw Unexpected("aeiou".Contains(place[0]) ? $"an {place}" : $"a {place}");
        }
    }

    private static Expression ParseLocal(Token token)
    {
        var name = token.Text!;
        if (name == "$")
        {
            return new Arguments(token.Line, token.Column);
        }

        if (name == "$$")
        {
            return new WrappedBlock(token.Line, token.Column);
        }

        return int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new Argument(token.Line, token.Column, index)
            : new LocalName(token.Line, token.Column, name);
    }

    private Expression ParseName(Token token)
    {
        Advance();
        var (line, column) = (token.Line, token.Column);
        switch (token.Text)
        {
            case "null":
                return new Literal(line, column, Value.Null);
            case "true":
                return new Literal(line, column, Value.True);
            case "false":
                return new Literal(line, column, Value.False);
            case "empty" or "blank":
                return new Literal(line, column, Value.Empty);
            case "this":
                return new This(line, column);
            case "do":
                return ParseAnonymousFunction(token);
            case "for" or "while" when Current.Is(".") && Following.Kind == TokenKind.Identifier:
                return ParseLoopMember(token);
            default:
                return new GlobalName(line, column, token.Text!);
        }
    }

    private LoopMember ParseLoopMember(Token token)
    {
        Advance();
        var name = Advance();
        var isWhile = token.Text == "while";
        return LoopMember.Exists(isWhile, name.Text!)
            ? new LoopMember(token.Line, token.Column, isWhile, name.Text!)
            : throw new ParseFault(token.Line, token.Column, $"Expected a member of the loop, but `{name.Text}` is none.");
    }

    private Interpolation ParseInterpolation()
    {
        var start = Advance();
        var parts = ImmutableArray.CreateBuilder<Expression>();
        while (Current.Kind != TokenKind.InterpolationEnd)
        {
            var token = Advance();
            if (token.Kind == TokenKind.String)
            {
                parts.Add(new Literal(token.Line, token.Column, new Value(token.Text)));
                continue;
            }

            parts.Add(ParseFresh("expression"));
            if (Current.Kind != TokenKind.HoleEnd)
            {
                throw Unexpected("`}`");
            }

            Advance();
        }

        Advance();
        return new Interpolation(start.Line, start.Column, parts.DrainToImmutable());
    }

    private ArrayLiteral ParseArray()
    {
        var start = Current;
        var items = ImmutableArray.CreateBuilder<Expression>();
        OpenBracket();
        while (!Current.Is("]"))
        {
            items.Add(ParseFresh("item of the array"));
            if (!Take(",") && !Current.Is("]"))
            {
                throw Unexpected("`]`");
            }
        }

        CloseBracket("]");
        return new ArrayLiteral(start.Line, start.Column, items.DrainToImmutable());
    }

    private ObjectLiteral ParseObject()
    {
        var start = Current;
        var members = ImmutableArray.CreateBuilder<KeyValuePair<string, Expression>>();
        OpenBracket();
        while (!Current.Is("}"))
        {
            var name = Current.Kind is TokenKind.Identifier or TokenKind.String
                ? Advance().Text!
                : throw Unexpected("the name of a member");
            if (!Take(":"))
            {
                throw Unexpected("`:` after the name of a member");
            }

            members.Add(KeyValuePair.Create(name, ParseFresh("value of the member")));
            if (!Take(",") && !Current.Is("}"))
            {
                throw Unexpected("`}`");
            }
        }

        CloseBracket("}");
        return new ObjectLiteral(start.Line, start.Column, members.DrainToImmutable());
    }
}
