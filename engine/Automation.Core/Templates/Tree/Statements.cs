using System.Collections.Immutable;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Tree;

internal sealed class Block(int line, int column, ImmutableArray<Statement> statements) : Statement(line, column)
{
    private readonly bool _indents = statements.Any(statement => statement is IndentMark);

    public ImmutableArray<Statement> Statements { get; } = statements;

    public override Flow Execute(Rendering rendering)
    {
        if (_indents)
        {
            return ExecuteIndented(rendering);
        }

        foreach (var statement in Statements)
        {
            var flow = statement.Execute(rendering);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    /// <summary>Code sets the indentation it stands at; text after it has that of the block around it again.</summary>
    private Flow ExecuteIndented(Rendering rendering)
    {
        var inherited = rendering.Indent;
        var current = inherited;
        foreach (var statement in Statements)
        {
            if (statement is IndentMark mark)
            {
                current = mark.IsEnter && rendering.Strictness.AutoIndent ? mark.Indent : inherited;
                rendering.Indent = current;
                continue;
            }

            var flow = statement.Execute(rendering);
            rendering.Indent = current;
            if (flow != Flow.Next)
            {
                rendering.Indent = inherited;
                return flow;
            }
        }

        rendering.Indent = inherited;
        return Flow.Next;
    }
}

/// <summary>Where code begins or ends, kept only in templates that indent something.</summary>
internal sealed class IndentMark(int line, int column, bool isEnter, string? indent) : Statement(line, column)
{
    public bool IsEnter { get; } = isEnter;

    public string? Indent { get; } = indent;

    public override Flow Execute(Rendering rendering) => Flow.Next;
}

internal sealed class TextStatement(int line, int column, string text) : Statement(line, column)
{
    public override Flow Execute(Rendering rendering)
    {
        rendering.Write(text);
        return Flow.Next;
    }
}

internal sealed class PrintStatement(Expression expression) : Statement(expression.Line, expression.Column)
{
    public Expression Expression { get; } = expression;

    public override Flow Execute(Rendering rendering)
    {
        rendering.Print(Expression.Evaluate(rendering));
        return Flow.Next;
    }
}

internal sealed class Assignment(int line, int column, Expression target, BinaryOperator? op, Expression value)
    : Statement(line, column)
{
    public Expression Target { get; } = target;

    public Expression Value { get; } = value;

    public bool IsCompound => op is not null;

    public override Flow Execute(Rendering rendering)
    {
        rendering.Step();
        if (Target is not IAssignable assignable)
        {
            throw Target.Fault("Expected a variable or a member to assign to, but found another expression.");
        }

        var value = Value.Evaluate(rendering);
        if (op is { } compound)
        {
            value = Operators.Apply(rendering, compound, Target.Evaluate(rendering), value, this);
        }

        assignable.Assign(rendering, value);
        return Flow.Next;
    }
}

internal sealed class Capture(int line, int column, Expression target, Block body) : Statement(line, column)
{
    public Expression Target { get; } = target;

    public Block Body { get; } = body;

    public override Flow Execute(Rendering rendering)
    {
        if (Target is not IAssignable assignable)
        {
            throw Target.Fault("Expected a variable to capture into, but found another expression.");
        }

        var mark = rendering.BeginCapture(keepIndent: true);
        var flow = Body.Execute(rendering);
        assignable.Assign(rendering, new Value(rendering.EndCapture(mark)));
        return flow;
    }
}

internal sealed class DeclareFunction(int line, int column, Expression name, UserFunction function)
    : Statement(line, column)
{
    public Expression Name { get; } = name;

    public UserFunction Function { get; } = function;

    public override Flow Execute(Rendering rendering)
    {
        ((IAssignable)Name).Assign(rendering, new Value(Function));
        return Flow.Next;
    }
}
