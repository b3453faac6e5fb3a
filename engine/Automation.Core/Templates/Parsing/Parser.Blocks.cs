using System.Collections.Immutable;

using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Parsing;

/// <summary>Conditions, loops and functions.</summary>
internal sealed partial class Parser
{
    /// <summary>In the head of a loop the names of its options end the sequence.</summary>
    private bool _inLoopHead;

    private If ParseIf()
    {
        var token = Advance();
        var branches = ImmutableArray.CreateBuilder<Branch>();
        Block? otherwise = null;
        branches.Add(ParseBranch());
        while (Current.IsWord("else"))
        {
            Advance();
            if (Current.IsWord("if"))
            {
                Advance();
                branches.Add(ParseBranch());
                continue;
            }

            EndStatement();
            otherwise = ParseBlock();
            break;
        }

        ExpectEnd(token);
        return new If(token.Line, token.Column, branches.DrainToImmutable(), otherwise);
    }

    private Branch ParseBranch()
    {
        var condition = ParseFresh("expression");
        EndStatement();
        return new Branch(condition, ParseBlock());
    }

    private Case ParseCase()
    {
        var token = Advance();
        var subject = ParseFresh("expression");
        EndStatement();
        SkipToWhen();
        var whens = ImmutableArray.CreateBuilder<When>();
        while (Current.IsWord("when"))
        {
            Advance();
            whens.Add(ParseWhen());
        }

        Block? otherwise = null;
        if (Current.IsWord("else"))
        {
            if (whens.Count == 0)
            {
                throw Unexpected("`when` before `else`");
            }

            Advance();
            EndStatement();
            otherwise = ParseBlock();
        }

        ExpectEnd(token);
        return new Case(token.Line, token.Column, subject, whens.DrainToImmutable(), otherwise);
    }

    /// <summary>Text between <c>case</c> and the first <c>when</c> is dropped.</summary>
    private void SkipToWhen()
    {
        while (Current.EndsStatement || Current.Kind == TokenKind.Enter || Current.Is(";"))
        {
            if (Current.Kind == TokenKind.End)
            {
                return;
            }

            Advance();
        }

        if (!AtDivider())
        {
            throw Unexpected("`when`");
        }
    }

    private When ParseWhen()
    {
        var values = ImmutableArray.CreateBuilder<Expression>();
        do
        {
            values.Add(ParseBinary(AndPrecedence, "value to compare with"));
        }
        while (Take(",") || Take("||"));

        EndStatement();
        return new When(values.DrainToImmutable(), ParseBlock());
    }

    private ForLoop ParseFor()
    {
        var token = Advance();
        var variable = Current.Kind is TokenKind.Identifier or TokenKind.Local && !Current.IsWord("in")
            ? Advance().Text!
            : throw new ParseFault(token.Line, token.Column, $"Expected a variable after `{token.Text}`, but found `{Current.Spelling}`.");
        if (!Current.IsWord("in"))
        {
            throw new ParseFault(token.Line, token.Column, $"Expected `in`, but found `{Current.Spelling}`.");
        }

        Advance();
        _variables.Declare(variable);
        _inLoopHead = true;
        var sequence = ParseExpression();
        var options = ParseLoopOptions();
        _inLoopHead = false;
        EndStatement();
        var body = ParseBlock();
        Block? otherwise = null;
        if (Current.IsWord("else"))
        {
            Advance();
            EndStatement();
            otherwise = ParseBlock();
        }

        ExpectEnd(token);
        var isTable = token.Text == "tablerow";
        return new ForLoop(token.Line, token.Column, variable, sequence, options, body, otherwise, isTable);
    }

    private bool AtLoopOption() => _inLoopHead
        && (Current.IsWord("reversed") || (Current.Text is "offset" or "limit" or "cols" && Following.Is(":")));

    private LoopOptions ParseLoopOptions()
    {
        var options = new LoopOptions(null, null, null, IsReversed: false);
        while (AtLoopOption())
        {
            var name = Advance().Text;
            if (name == "reversed")
            {
                options = options with { IsReversed = true };
                continue;
            }

            Advance();
            _inArguments = true;
            var value = ParseBinary(ArgumentPrecedence, "value");
            _inArguments = false;
            options = name switch
            {
                "offset" => options with { Offset = value },
                "limit" => options with { Limit = value },
                _ => options with { Columns = value },
            };
        }

        return options;
    }

    private WhileLoop ParseWhile()
    {
        var token = Advance();
        var condition = ParseFresh("expression");
        EndStatement();
        var body = ParseBlock();
        ExpectEnd(token);
        return new WhileLoop(token.Line, token.Column, condition, body);
    }

    private DeclareFunction ParseFunction()
    {
        var token = Advance();
        Expression name = Current.Kind switch
        {
            TokenKind.Identifier => new GlobalName(Current.Line, Current.Column, Current.Text!),
            TokenKind.Local when ParseLocal(Current) is LocalName local => local,
            _ => throw Unexpected("the name of the function"),
        };
        Advance();
        DeclareName(name);
        var function = ParseFunctionRest(token, LocalOf(name));
        return new DeclareFunction(token.Line, token.Column, name, function);
    }

    private AnonymousFunction ParseAnonymousFunction(Token token)
    {
        var (newLines, inArguments, beforeColon, inLoopHead) = (_newLinesIgnored, _inArguments, _beforeColon, _inLoopHead);
        (_newLinesIgnored, _inArguments, _beforeColon, _inLoopHead) = (0, false, false, false);
        var function = ParseFunctionRest(token, null);
        (_newLinesIgnored, _inArguments, _beforeColon, _inLoopHead) = (newLines, inArguments, beforeColon, inLoopHead);
        SkipNewLinesInBrackets();
        _afterFunction = _position;
        return new AnonymousFunction(token.Line, token.Column, function);
    }

    private UserFunction ParseFunctionRest(Token token, string? localName)
    {
        ImmutableArray<Parameter>? parameters = Current.Is("(") ? ParseParameters() : null;
        EndStatement();
        var body = ParseBlock();
        ExpectEnd(token);
        return new UserFunction(localName, parameters, body, null);
    }

    private ImmutableArray<Parameter> ParseParameters()
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        OpenBracket();
        while (!Current.Is(")"))
        {
            var name = Current.Kind == TokenKind.Identifier ? Advance() : throw Unexpected("the name of a parameter");
            var takesRest = Take("...");
            var otherwise = !takesRest && Take("=") ? ParseFresh("default value") : null;
            var last = parameters.Count == 0 ? null : parameters[^1];
            if (last is not null && (last.TakesRest || (last.Default is not null && otherwise is null && !takesRest)))
            {
                throw Unexpected("no such parameter after an optional one", name);
            }

            _variables.Declare(name.Text!);
            parameters.Add(new Parameter(name.Text!, otherwise, takesRest));
            if (!Take(",") && !Current.Is(")"))
            {
                throw Unexpected("`,` or `)`");
            }
        }

        CloseBracket(")");
        return parameters.DrainToImmutable();
    }
}
