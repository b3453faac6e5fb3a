using System.Collections.Immutable;

using Automation.Core.Templates.Evaluation;
using Automation.Core.Templates.Functions;

namespace Automation.Core.Templates.Tree;

/// <summary><c>f a b</c>, <c>f(a, b)</c> and <c>a | f b</c>: a pipe is a call whose first argument stands before it.</summary>
internal sealed class Call(
    int line,
    int column,
    Expression target,
    ImmutableArray<Expression> positional,
    ImmutableArray<KeyValuePair<string, Expression>> named,
    bool isPiped) : Expression(line, column)
{
    private readonly bool _isPlain = named.IsEmpty && !positional.Any(argument => argument is Expand);

    public Expression Target { get; } = target;

    public ImmutableArray<Expression> Positional { get; } = positional;

    public ImmutableArray<KeyValuePair<string, Expression>> Named { get; } = named;

    public static Value WithoutArguments(Rendering rendering, Node at, Value function)
    {
        var callable = function.Function!;
        rendering.EnterCall(at);
        var result = callable.Invoke(rendering, [], null, at);
        rendering.LeaveCall();
        return result;
    }

    public override Value Evaluate(Rendering rendering)
    {
        var target = Target.Resolve(rendering);
        var callable = target.Function ?? Special(target);
        if (callable is null)
        {
            return NoFunction(rendering, target);
        }

        rendering.Step();
        return callable is BuiltIn builtIn ? CallBuiltIn(rendering, builtIn) : CallOther(rendering, callable);
    }

    private Value CallBuiltIn(Rendering rendering, BuiltIn builtIn)
    {
        var count = builtIn.Parameters.Length;
        var start = rendering.Reserve(count);
        if (_isPlain)
        {
            if (Positional.Length > count)
            {
                throw builtIn.TooMany(this);
            }

            for (var i = 0; i < Positional.Length; i++)
            {
                rendering.Slots[start + i] = Positional[i].Evaluate(rendering);
            }
        }
        else
        {
            BindBuiltIn(rendering, builtIn, start);
        }

        var slots = rendering.Slots.AsSpan(start, count);
        builtIn.CheckRequired(slots, this);
        rendering.CallSite = this;
        var result = builtIn.Run(rendering, slots);
        rendering.Release(start, count);
        return result;
    }

    private void BindBuiltIn(Rendering rendering, BuiltIn builtIn, int start)
    {
        var next = 0;
        foreach (var value in Gather(rendering))
        {
            if (next == builtIn.Parameters.Length)
            {
                throw builtIn.TooMany(this);
            }

            rendering.Slots[start + next++] = value;
        }

        foreach (var (name, expression) in Named)
        {
            rendering.Slots[start + builtIn.Slot(name, this)] = expression.Evaluate(rendering);
        }
    }

    private List<Value> Gather(Rendering rendering)
    {
        var values = new List<Value>(Positional.Length);
        foreach (var argument in Positional)
        {
            var value = argument.Evaluate(rendering);
            if (argument is not Expand || rendering.ToSequence(value) is not { } list)
            {
                values.Add(value);
                continue;
            }

            for (var i = 0; i < list.Count; i++)
            {
                rendering.Step();
                values.Add(list[i]);
            }
        }

        return values;
    }

    private Value CallOther(Rendering rendering, Callable callable)
    {
        var values = Gather(rendering);
        ScriptObject? names = null;
        foreach (var (name, expression) in Named)
        {
            (names ??= []).Add(name, expression.Evaluate(rendering));
        }

        rendering.EnterCall(this);
        rendering.CallSite = this;
        var result = callable.Invoke(rendering, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values), names, this);
        rendering.LeaveCall();
        return result;
    }

    /// <summary>The object <c>date</c> can be called: <c>date "2026-01-05"</c> parses.</summary>
    private static BuiltIn? Special(Value target) =>
        ReferenceEquals(target.Object, BuiltIns.Date) && target.Object is not null ? BuiltIns.ParseDate : null;

    private Value NoFunction(Rendering rendering, Value target)
    {
        if (target.IsNull)
        {
            return rendering.Strictness.RelaxedFunction
                ? Value.Null
                : throw Target.Fault($"Expected a function, but `{Target.Describe()}` was not found.");
        }

        throw Target.Fault(isPiped
            ? $"Expected a function after the pipe, but `{Target.Describe()}` is {Kinds.Name(target)}."
            : $"Expected a function, but `{Target.Describe()}` is {Kinds.Name(target)}.");
    }
}
