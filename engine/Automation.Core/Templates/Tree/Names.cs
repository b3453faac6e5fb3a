using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Tree;

/// <summary>An expression that may stand on the left of an equals sign.</summary>
internal interface IAssignable
{
    void Assign(Rendering rendering, Value value);
}

internal sealed class Literal(int line, int column, Value value) : Expression(line, column)
{
    public Value Value { get; } = value;

    public override Value Evaluate(Rendering rendering) => Value;

    public override string Describe() => Value.Text is { } text ? $"\"{text}\"" : $"a literal {Kinds.Name(Value)}";
}

/// <summary>A plain name: a variable of the model, of the template, or a built-in.</summary>
internal sealed class GlobalName(int line, int column, string name) : Expression(line, column), IAssignable
{
    public string Name { get; } = name;

    public override Value Evaluate(Rendering rendering)
    {
        if (rendering.TryRead(Name, out var value))
        {
            return value.Kind == ValueKind.Function ? Call.WithoutArguments(rendering, this, value) : value;
        }

        return rendering.Strictness.StrictVariables ? throw NotFound() : Value.Null;
    }

    public override Value Resolve(Rendering rendering)
    {
        if (rendering.TryRead(Name, out var value))
        {
            return value;
        }

        return rendering.Strictness.StrictVariables ? throw NotFound() : Value.Null;
    }

    public void Assign(Rendering rendering, Value value)
    {
        if (!rendering.Assign(Name, value))
        {
            throw Fault($"Expected a variable that may be set, but `{Name}` is read-only.");
        }
    }

    public override string Describe() => Name;

    private Fault NotFound() => Fault($"Expected a variable or function named `{Name}`, but there is none.");
}

/// <summary>A name with a dollar sign, which belongs to the running page or function alone.</summary>
internal sealed class LocalName(int line, int column, string name) : Expression(line, column), IAssignable
{
    public string Name { get; } = name;

    public override Value Evaluate(Rendering rendering)
    {
        var value = Resolve(rendering);
        return value.Kind == ValueKind.Function ? Call.WithoutArguments(rendering, this, value) : value;
    }

    public override Value Resolve(Rendering rendering)
    {
        if (rendering.Frame.TryGet(Name, out var value))
        {
            return value;
        }

        return rendering.Strictness.StrictVariables
            ? throw Fault($"Expected a local variable named `{Name}`, but there is none.")
            : Value.Null;
    }

    public void Assign(Rendering rendering, Value value)
    {
        if (!rendering.Frame.Set(Name, value))
        {
            throw Fault($"Expected a variable that may be set, but `{Name}` is read-only.");
        }
    }

    public override string Describe() => Name;
}

/// <summary><c>$</c>: the arguments of the running function; outside of one there are none.</summary>
internal sealed class Arguments(int line, int column) : Expression(line, column)
{
    public override Value Evaluate(Rendering rendering) =>
        rendering.Frame.Arguments is { } arguments ? new Value(arguments) : Value.Null;

    public override string Describe() => "$";
}

/// <summary><c>$0</c>: one argument by its number. Past the last it is null.</summary>
internal sealed class Argument(int line, int column, int index) : Expression(line, column), IAssignable
{
    public override Value Evaluate(Rendering rendering)
    {
        var value = Resolve(rendering);
        return value.Kind == ValueKind.Function ? Call.WithoutArguments(rendering, this, value) : value;
    }

    public override Value Resolve(Rendering rendering)
    {
        var arguments = rendering.Frame.Arguments;
        return arguments is not null && index < arguments.Count ? arguments[index] : Value.Null;
    }

    public void Assign(Rendering rendering, Value value)
    {
        rendering.Step(index + 1);
        (rendering.Frame.Arguments ??= new ScriptArray()).Set(index, value);
    }

    public override string Describe() => "$" + Rendering.Text(index);
}

/// <summary><c>$$</c>: prints the block a <c>wrap</c> was given.</summary>
internal sealed class WrappedBlock(int line, int column) : Expression(line, column)
{
    public override Value Evaluate(Rendering rendering)
    {
        var frame = rendering.Frame;
        if (frame.Wrapped is null)
        {
            return Value.Null;
        }

        rendering.EnterCall(this);
        var loop = frame.WrappedFrame!;
        var before = rendering.PushFrame(loop);
        frame.Wrapped.Execute(rendering);
        rendering.RestoreFrame(before);
        rendering.LeaveCall();
        return Value.Null;
    }
}

/// <summary><c>this</c>: the object that plain names are read from and written to.</summary>
internal sealed class This(int line, int column) : Expression(line, column)
{
    public override Value Evaluate(Rendering rendering) => new(rendering.This());

    public override string Describe() => "this";
}

/// <summary>An expression between parentheses: a name in it is called, and it is no name any more.</summary>
internal sealed class Parenthesised(int line, int column, Expression inner) : Expression(line, column)
{
    public Expression Inner { get; } = inner;

    public override Value Evaluate(Rendering rendering)
    {
        var value = Inner.Evaluate(rendering);
        return Inner is AnonymousFunction ? Call.WithoutArguments(rendering, this, value) : value;
    }

    public override Value Resolve(Rendering rendering) => Inner.Resolve(rendering);

    public override string Describe() => $"({Inner.Describe()})";
}
