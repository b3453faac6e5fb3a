using System.Collections.Immutable;

using Automation.Core.Templates.Evaluation;
using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Parsing;

/// <summary>Operators, calls and pipes. Numbers are precedences: a higher one binds tighter.</summary>
internal sealed partial class Parser
{
    private const int ConditionalPrecedence = 10;
    private const int CoalescePrecedence = 20;
    private const int OrPrecedence = 30;
    private const int AndPrecedence = 40;

    /// <summary>Arguments between spaces are whole expressions, short of conditions and pipes.</summary>
    private const int ArgumentPrecedence = CoalescePrecedence;

    /// <summary>A chain this long is walked with an eye on the stack.</summary>
    private const int GuardEvery = 64;

    /// <summary>Within arguments between spaces a name does not take arguments of its own.</summary>
    private bool _inArguments;

    /// <summary>Between <c>?</c> and <c>:</c> a name before a colon is no named argument.</summary>
    private bool _beforeColon;

    /// <summary>The token after a bare <c>do … end</c>, where its statement must end.</summary>
    private int _afterFunction = -1;

    /// <summary>A whole expression, pipes included.</summary>
    private Expression ParseExpression(string place = "expression")
    {
        Deeper();
        var left = ParseBinary(ConditionalPrecedence, place);
        for (var links = 1; (Current.Is("|") || Current.Is("|>")) && _position != _afterFunction; links++)
        {
            Advance();
            SkipNewLines();
            left = Pipe(Guard(left, links), ParseBinary(ConditionalPrecedence, "function after the pipe"));
        }

        _depth--;
        return left;
    }

    /// <summary>An expression on its own: neither the arguments nor the condition around it restrict it.</summary>
    private Expression ParseFresh(string place)
    {
        var (inArguments, beforeColon) = (_inArguments, _beforeColon);
        var inLoopHead = _inLoopHead;
        (_inArguments, _beforeColon, _inLoopHead) = (false, false, false);
        var expression = ParseExpression(place);
        (_inArguments, _beforeColon, _inLoopHead) = (inArguments, beforeColon, inLoopHead);
        return expression;
    }

    private Expression ParseBinary(int lowest, string place)
    {
        Deeper();
        var left = ParseUnary(place);
        if (!_inArguments && StartsArgument())
        {
            left = ParseSpacedCall(left);
        }

        for (var links = 1; _position != _afterFunction; links++)
        {
            var token = Current;
            var precedence = Precedence(token);
            if (precedence < lowest)
            {
                break;
            }

            Advance();
            left = Guard(left, links);
            left = precedence == ConditionalPrecedence
                ? ParseConditional(token, left)
                : Combine(token, left, ParseBinary(precedence + 1, "expression after the operator"));
        }

        _depth--;
        return left;
    }

    private static Expression Guard(Expression expression, int links) =>
        links % GuardEvery == 0 ? new Guarded(expression) : expression;

    private static int Precedence(Token token) => token.Kind != TokenKind.Symbol ? -1 : token.Text switch
    {
        "?" => ConditionalPrecedence,
        "??" or "?!" => CoalescePrecedence,
        "||" => OrPrecedence,
        "&&" => AndPrecedence,
        "==" or "!=" => 70,
        "<" or "<=" or ">" or ">=" => 80,
        "+" or "-" => 100,
        "*" or "/" or "//" or "%" or "<<" or ">>" => 110,
        ".." or "..<" => 130,
        _ => -1,
    };

    private Conditional ParseConditional(Token token, Expression condition)
    {
        var beforeColon = _beforeColon;
        _beforeColon = true;
        var then = ParseExpression();
        _beforeColon = beforeColon;
        if (!Take(":"))
        {
            throw Unexpected("`:`");
        }

        return new Conditional(token.Line, token.Column, condition, then, ParseExpression());
    }

    private static Expression Combine(Token token, Expression left, Expression right)
    {
        var (line, column) = (token.Line, token.Column);
        return token.Text switch
        {
            "&&" or "||" => new Logical(line, column, token.Text == "&&", left, right),
            "??" or "?!" => new Coalesce(line, column, token.Text == "?!", left, right),
            _ => new Binary(line, column, Operator(token.Text!), left, right),
        };
    }

    private static BinaryOperator Operator(string symbol) => symbol switch
    {
        "+" => BinaryOperator.Add,
        "-" => BinaryOperator.Subtract,
        "*" => BinaryOperator.Multiply,
        "/" => BinaryOperator.Divide,
        "//" => BinaryOperator.DivideRound,
        "%" => BinaryOperator.Modulo,
        "<<" => BinaryOperator.ShiftLeft,
        ">>" => BinaryOperator.ShiftRight,
        "==" => BinaryOperator.Equal,
        "!=" => BinaryOperator.NotEqual,
        "<" => BinaryOperator.Less,
        "<=" => BinaryOperator.LessOrEqual,
        ">" => BinaryOperator.Greater,
        ">=" => BinaryOperator.GreaterOrEqual,
        ".." => BinaryOperator.Range,
        _ => BinaryOperator.RangeExclusive,
    };

    /// <summary>
    /// Gives the piped value to whatever is called first on the right: in <c>x | f ? 1 : 2</c> and <c>x | f + 1</c> that
    /// is f.
    /// </summary>
    private static Expression Pipe(Expression value, Expression right) => right switch
    {
        Call call => new Call(call.Line, call.Column, call.Target, call.Positional.Insert(0, value), call.Named, isPiped: true),
        Binary binary =>
            new Binary(binary.Line, binary.Column, binary.Operator, Pipe(value, binary.Left), binary.Right),
        Logical logical =>
            new Logical(logical.Line, logical.Column, logical.IsAnd, Pipe(value, logical.Left), logical.Right),
        Coalesce coalesce =>
            new Coalesce(coalesce.Line, coalesce.Column, coalesce.IsInverse, Pipe(value, coalesce.Left), coalesce.Right),
        Conditional choice =>
            new Conditional(choice.Line, choice.Column, Pipe(value, choice.Condition), choice.Then, choice.Otherwise),
        Guarded guarded => new Guarded(Pipe(value, guarded.Inner)),
        Parenthesised { Inner: GlobalName or LocalName or Member } inner => Pipe(value, inner.Inner),
        _ => new Call(right.Line, right.Column, right, [value], [], isPiped: true),
    };

    /// <summary>Whether the next token begins an argument of a call written with spaces.</summary>
    private bool StartsArgument()
    {
        if (_position == _afterFunction)
        {
            return false;
        }

        var token = Current;
        return token.Kind switch
        {
            TokenKind.Identifier => !AtLoopOption() && !(_beforeColon && Following.Is(":")),
            TokenKind.Local or TokenKind.Number or TokenKind.String or TokenKind.InterpolationStart => true,
            TokenKind.Symbol => token.Text is "(" or "[" or "{" or "@" or "^" or "!",
            _ => false,
        };
    }

    private Call ParseSpacedCall(Expression target)
    {
        var positional = ImmutableArray.CreateBuilder<Expression>();
        var named = ImmutableArray.CreateBuilder<KeyValuePair<string, Expression>>();
        _inArguments = true;
        while (StartsArgument())
        {
            ParseArgument(positional, named);
        }

        _inArguments = false;
        return new Call(target.Line, target.Column, target, positional.DrainToImmutable(), named.DrainToImmutable(), isPiped: false);
    }

    private void ParseArgument(
        ImmutableArray<Expression>.Builder positional,
        ImmutableArray<KeyValuePair<string, Expression>>.Builder named)
    {
        if (Current.Kind == TokenKind.Identifier && Following.Is(":"))
        {
            var name = Advance().Text!;
            Advance();
            named.Add(KeyValuePair.Create(name, ParseBinary(ArgumentPrecedence, "value of the argument")));
            return;
        }

        positional.Add(ParseBinary(ArgumentPrecedence, "argument"));
    }
}
