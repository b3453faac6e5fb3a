namespace Automation.Core.Templates.Evaluation;

/// <summary>
/// Where names without a dollar sign live: the page itself, the object of a <c>with</c>, or the private names of a
/// function with parameters.
/// </summary>
internal sealed class Scope(Scope? parent, Record? names, bool isFunction)
{
    public Scope? Parent { get; } = parent;

    /// <summary>Null for the page, whose names are the model and what was assigned over it.</summary>
    public Record? Names { get; } = names;

    public bool IsFunction { get; } = isFunction;

    /// <summary>The variable of the innermost loop running in this scope.</summary>
    public LoopState? Loop { get; set; }

    /// <summary>A function sees the page and the objects around it, never the private names of its caller.</summary>
    public Scope Shared()
    {
        var scope = this;
        while (scope.IsFunction)
        {
            scope = scope.Parent!;
        }

        return scope;
    }
}

/// <summary>Names with a dollar sign: one frame for a page, an include and every call.</summary>
internal sealed class Frame
{
    private ScriptObject? _locals;

    /// <summary>What <c>$</c> answers.</summary>
    public ScriptArray? Arguments { get; set; }

    /// <summary>What <c>$$</c> prints.</summary>
    public Tree.Block? Wrapped { get; set; }

    public Frame? WrappedFrame { get; set; }

    public LoopState? Loop { get; set; }

    public bool TryGet(string name, out Value value)
    {
        for (var loop = Loop; loop is not null; loop = loop.OuterInFrame)
        {
            if (loop.Name == name)
            {
                value = loop.Value;
                return true;
            }
        }

        if (_locals is not null && _locals.TryGet(name, out value))
        {
            return true;
        }

        value = Value.Null;
        return false;
    }

    public bool Set(string name, Value value)
    {
        _locals ??= [];
        if (!_locals.CanWrite(name))
        {
            return false;
        }

        _locals.Add(name, value);
        return true;
    }

    public void Protect(string name) => (_locals ??= []).Protect(name);
}

/// <summary>One running loop: its variable and what <c>for.index</c> and its siblings answer.</summary>
internal sealed class LoopState(string? name, bool isWhile)
{
    public string? Name { get; } = name;

    public bool IsWhile { get; } = isWhile;

    public Value Value { get; set; }

    public int Index { get; set; }

    public int Count { get; set; }

    public bool IsChanged { get; set; }

    public LoopState? OuterInScope { get; set; }

    public LoopState? OuterInFrame { get; set; }
}
