using System.Collections.Immutable;

using Automation.Core.Templates.Evaluation;
using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Parsing;

/// <summary>Statements that begin with a word of the language, and those that are an expression or an assignment.</summary>
internal sealed partial class Parser
{
    private Statement ParseStatement()
    {
        var token = Current;
        if (token.Kind != TokenKind.Identifier || Following.Is("."))
        {
            return ParseExpressionStatement();
        }

        switch (token.Text)
        {
            case "if":
                return ParseIf();
            case "case":
                return ParseCase();
            case "for" or "tablerow":
                return ParseFor();
            case "while":
                return ParseWhile();
            case "func":
                return ParseFunction();
            case "capture":
                return ParseCapture();
            case "with":
                return ParseWith();
            case "wrap":
                return ParseWrap();
            case "in":
                throw Unexpected("a statement");
            default:
                return ParseSimple(token);
        }
    }

    private Statement ParseSimple(Token token)
    {
        var (line, column) = (token.Line, token.Column);
        switch (token.Text)
        {
            case "ret":
                Advance();
                var value = Current.EndsStatement || Current.Is(";") ? null : ParseFresh("value to return");
                return new Return(line, column, value);
            case "break":
                Advance();
                return new Jump(line, column, Flow.Break);
            case "continue":
                Advance();
                return new Jump(line, column, Flow.Continue);
            case "import":
                Advance();
                return new Import(line, column, ParseFresh("object to import"));
            case "readonly":
                Advance();
                return new ReadOnly(line, column, ParsePostfix("variable"));
            default:
                return ParseExpressionStatement();
        }
    }

    private Statement ParseExpressionStatement()
    {
        _lastAttachedCall = null;
        var expression = ParseFresh("expression");
        var token = Current;
        if (token.Kind != TokenKind.Symbol)
        {
            return new PrintStatement(expression);
        }

        if (token.Text == "=" && ReferenceEquals(expression, _lastAttachedCall))
        {
            return ParseInlineFunction(token, (Call)expression);
        }

        BinaryOperator? compound = token.Text is "+=" or "-=" or "*=" or "/=" or "//=" or "%="
            ? Operator(token.Text[..^1])
            : null;
        return token.Text == "=" || compound is not null
            ? ParseAssignment(token, expression, compound)
            : new PrintStatement(expression);
    }

    private Assignment ParseAssignment(Token token, Expression target, BinaryOperator? compound)
    {
        if (target is Literal or This)
        {
            throw new ParseFault(target.Line, target.Column, "Expected a variable to assign to, but found a value.");
        }

        Advance();
        var value = ParseFresh("value to assign");
        if (Current.Is("="))
        {
            throw Unexpected("the end of the assignment");
        }

        target = target is Parenthesised { Inner: GlobalName or LocalName } inner ? inner.Inner : target;
        if (target is GlobalName name && compound is null)
        {
            _variables.Declare(name.Name);
        }

        return new Assignment(token.Line, token.Column, target, compound, value);
    }

    /// <summary><c>f(x) = x * 2</c>: what was read as a call turns out to be a definition.</summary>
    private DeclareFunction ParseInlineFunction(Token token, Call call)
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        foreach (var argument in call.Positional)
        {
            var name = argument is GlobalName global
                ? global.Name
                : throw new ParseFault(argument.Line, argument.Column, "Expected the name of a parameter, but found another expression.");
            _variables.Declare(name);
            parameters.Add(new Parameter(name, null, TakesRest: false));
        }

        if (call.Target is not (GlobalName or LocalName) || !call.Named.IsEmpty)
        {
            throw Unexpected("the end of the statement");
        }

        Advance();
        DeclareName(call.Target);
        var function = new UserFunction(LocalOf(call.Target), parameters.DrainToImmutable(), null, ParseFresh("expression"));
        return new DeclareFunction(token.Line, token.Column, call.Target, function);
    }

    private void DeclareName(Expression name)
    {
        if (name is GlobalName global)
        {
            _variables.Declare(global.Name);
        }
    }

    private static string? LocalOf(Expression name) => name is LocalName local ? local.Name : null;

    private Capture ParseCapture()
    {
        var token = Advance();
        var target = ParsePostfix("variable to capture into");
        DeclareName(target);
        EndStatement();
        var body = ParseBlock();
        ExpectEnd(token);
        return new Capture(token.Line, token.Column, target, body);
    }

    private With ParseWith()
    {
        var token = Advance();
        var target = ParseFresh("object");
        EndStatement();
        var body = ParseBlock();
        ExpectEnd(token);
        return new With(token.Line, token.Column, target, body);
    }

    private Wrap ParseWrap()
    {
        var token = Advance();
        var expression = ParseFresh("function");
        EndStatement();
        var body = ParseBlock();
        ExpectEnd(token);
        return expression is Call call && call.Named.IsEmpty
            ? new Wrap(token.Line, token.Column, call.Target, call.Positional, body)
            : new Wrap(token.Line, token.Column, expression, [], body);
    }
}
