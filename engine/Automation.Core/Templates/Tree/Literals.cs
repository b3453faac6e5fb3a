using System.Collections.Immutable;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Tree;

internal sealed class ArrayLiteral(int line, int column, ImmutableArray<Expression> items) : Expression(line, column)
{
    public ImmutableArray<Expression> Items { get; } = items;

    public override Value Evaluate(Rendering rendering)
    {
        rendering.Step(1 + Items.Length);
        var array = new ScriptArray(Items.Length);
        foreach (var item in Items)
        {
            array.Add(item.Evaluate(rendering));
        }

        return new Value(array);
    }
}

internal sealed class ObjectLiteral(int line, int column, ImmutableArray<KeyValuePair<string, Expression>> members)
    : Expression(line, column)
{
    public ImmutableArray<KeyValuePair<string, Expression>> Members { get; } = members;

    public override Value Evaluate(Rendering rendering)
    {
        rendering.Step(1 + Members.Length);
        var record = new ScriptObject();
        foreach (var (name, expression) in Members)
        {
            record.Add(name, expression.Evaluate(rendering));
        }

        return new Value(record);
    }
}

/// <summary>Text with holes. Booleans come out as the platform spells them, lists and objects as templates print them.</summary>
internal sealed class Interpolation(int line, int column, ImmutableArray<Expression> parts) : Expression(line, column)
{
    public ImmutableArray<Expression> Parts { get; } = parts;

    public override Value Evaluate(Rendering rendering)
    {
        var pieces = new string?[Parts.Length];
        long length = 0;
        for (var i = 0; i < pieces.Length; i++)
        {
            var value = Parts[i].Evaluate(rendering);
            pieces[i] = value.Kind == ValueKind.Bool ? (value.Bool ? "True" : "False") : rendering.ToText(value);
            length += pieces[i]?.Length ?? 0;
        }

        Operators.CheckLength(rendering, length, this);
        return new Value(string.Concat(pieces));
    }
}

/// <summary>A chain of operators so long that the stack must be watched while it is walked.</summary>
internal sealed class Guarded(Expression inner) : Expression(inner.Line, inner.Column)
{
    public Expression Inner { get; } = inner;

    public override Value Evaluate(Rendering rendering)
    {
        rendering.Step();
        if (!System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Fault("Expected an expression of a bounded depth, but it nests deeper than there is room for.");
        }

        return Inner.Evaluate(rendering);
    }

    public override string Describe() => Inner.Describe();
}
