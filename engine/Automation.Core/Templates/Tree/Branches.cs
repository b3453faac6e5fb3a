using System.Collections.Immutable;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Tree;

internal sealed record Branch(Expression Condition, Block Body);

/// <summary><c>if</c> with all its <c>else if</c>s in one list, so that a long chain does not nest.</summary>
internal sealed class If(int line, int column, ImmutableArray<Branch> branches, Block? otherwise)
    : Statement(line, column)
{
    public ImmutableArray<Branch> Branches { get; } = branches;

    public Block? Otherwise { get; } = otherwise;

    public override Flow Execute(Rendering rendering)
    {
        foreach (var branch in Branches)
        {
            rendering.Step();
            if (branch.Condition.Evaluate(rendering).IsTrue)
            {
                return branch.Body.Execute(rendering);
            }
        }

        return Otherwise?.Execute(rendering) ?? Flow.Next;
    }
}

internal sealed record When(ImmutableArray<Expression> Values, Block Body);

internal sealed class Case(int line, int column, Expression subject, ImmutableArray<When> whens, Block? otherwise)
    : Statement(line, column)
{
    public Expression Subject { get; } = subject;

    public ImmutableArray<When> Whens { get; } = whens;

    public Block? Otherwise { get; } = otherwise;

    public override Flow Execute(Rendering rendering)
    {
        var value = Subject.Evaluate(rendering);
        foreach (var when in Whens)
        {
            foreach (var expression in when.Values)
            {
                rendering.Step();
                if (Comparison.AreEqual(rendering, value, expression.Evaluate(rendering)))
                {
                    return when.Body.Execute(rendering);
                }
            }
        }

        return Otherwise?.Execute(rendering) ?? Flow.Next;
    }
}

internal sealed class Return(int line, int column, Expression? value) : Statement(line, column)
{
    public Expression? Value { get; } = value;

    public override Flow Execute(Rendering rendering)
    {
        rendering.Returned = Value?.Evaluate(rendering) ?? Evaluation.Value.Null;
        return Flow.Return;
    }
}

internal sealed class With(int line, int column, Expression target, Block body) : Statement(line, column)
{
    public Expression Target { get; } = target;

    public Block Body { get; } = body;

    public override Flow Execute(Rendering rendering)
    {
        var value = Target.Evaluate(rendering);
        if (value.Object is not { } names)
        {
            throw Target.Fault($"Expected an object for `with`, but `{Target.Describe()}` is {Kinds.Name(value)}.");
        }

        rendering.EnterCall(this);
        var outer = rendering.Push(names);
        var flow = Body.Execute(rendering);
        rendering.Restore(outer);
        rendering.LeaveCall();
        return flow;
    }
}

/// <summary>Calls a function with a block that the function prints wherever it says <c>$$</c>.</summary>
internal sealed class Wrap(int line, int column, Expression target, ImmutableArray<Expression> arguments, Block body)
    : Statement(line, column)
{
    public Expression Target { get; } = target;

    public ImmutableArray<Expression> Arguments { get; } = arguments;

    public Block Body { get; } = body;

    public override Flow Execute(Rendering rendering)
    {
        var value = Target is Parenthesised ? Value.Null : Target.Resolve(rendering);
        if (value.Function is not UserFunction function)
        {
            throw Target.Fault($"Expected a function to wrap with, but `{Target.Describe()}` is none.");
        }

        var values = new Value[Arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Arguments[i].Evaluate(rendering);
        }

        rendering.EnterCall(this);
        rendering.Print(function.InvokeAround(rendering, values, Body, this));
        rendering.LeaveCall();
        return Flow.Next;
    }
}

internal sealed class Import(int line, int column, Expression source) : Statement(line, column)
{
    public Expression Source { get; } = source;

    public override Flow Execute(Rendering rendering)
    {
        var value = Source.Evaluate(rendering);
        if (value.Object is not { } record)
        {
            throw Source.Fault($"Expected an object to import, but found {Kinds.Name(value)}.");
        }

        foreach (var (name, member) in rendering.Current(record).Members())
        {
            // What is read-only keeps its value, silently: an import brings many names, and not all are wanted.
            rendering.Step();
            rendering.Assign(name, member);
        }

        return Flow.Next;
    }
}

internal sealed class ReadOnly(int line, int column, Expression variable) : Statement(line, column)
{
    public override Flow Execute(Rendering rendering)
    {
        switch (variable)
        {
            case GlobalName global:
                rendering.Protect(global.Name);
                break;
            case LocalName local:
                rendering.Frame.Protect(local.Name);
                break;
            default:
                throw Fault("Expected a variable to make read-only, but found another expression.");
        }

        return Flow.Next;
    }
}
