using System.Collections.Immutable;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Tree;

internal sealed record Parameter(string Name, Expression? Default, bool TakesRest);

/// <summary>
/// A function of the template. Without parameters it finds its arguments in <c>$</c> and shares the names around it; with
/// parameters it has names of its own.
/// </summary>
internal sealed class UserFunction(
    string? localName,
    ImmutableArray<Parameter>? parameters,
    Block? body,
    Expression? result) : Callable
{
    public Block? Body { get; } = body;

    public Expression? Result { get; } = result;

    public ImmutableArray<Parameter>? Parameters { get; } = parameters;

    public override Value Invoke(Rendering rendering, ReadOnlySpan<Value> arguments, ScriptObject? named, Node at)
    {
        return InvokeWithin(null, rendering, arguments, named, at);
    }

    /// <summary>Runs in the scope the function was written in, or in the one it is called from.</summary>
    public Value InvokeWithin(
        Scope? origin, Rendering rendering, ReadOnlySpan<Value> arguments, ScriptObject? named, Node at)
    {
        var frame = new Frame { Arguments = new ScriptArray(arguments.Length) };
        frame.Arguments.AddRange(arguments);
        frame.Arguments.Members = named;
        return Run(origin, rendering, frame, arguments, named, at);
    }

    /// <summary>Runs with a block that <c>$$</c> prints.</summary>
    public Value InvokeAround(Rendering rendering, ReadOnlySpan<Value> arguments, Block wrapped, Node at)
    {
        var frame = new Frame { Arguments = new ScriptArray(arguments.Length), Wrapped = wrapped };
        frame.Arguments.AddRange(arguments);
        frame.WrappedFrame = rendering.Frame;
        return Run(null, rendering, frame, arguments, null, at);
    }

    private Value Run(
        Scope? origin, Rendering rendering, Frame frame, ReadOnlySpan<Value> arguments, ScriptObject? named, Node at)
    {
        if (localName is not null)
        {
            // A local function may call itself, though its name belongs to the frame it was declared in.
            frame.Set(localName, new Value(this));
        }

        var names = Parameters is { } parameters ? Bind(rendering, parameters, arguments, named, at) : null;
        var outerScope = rendering.EnterFunction(origin, names);
        var outerFrame = rendering.PushFrame(frame);
        var value = Value.Null;
        if (Result is not null)
        {
            value = Result.Evaluate(rendering);
        }
        else if (Body!.Execute(rendering) == Flow.Return)
        {
            value = rendering.Returned;
            rendering.Returned = Value.Null;
        }

        rendering.RestoreFrame(outerFrame);
        rendering.Restore(outerScope);
        return value;
    }

    private static ScriptObject Bind(
        Rendering rendering,
        ImmutableArray<Parameter> parameters,
        ReadOnlySpan<Value> arguments,
        ScriptObject? named,
        Node at)
    {
        var names = new ScriptObject();
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            if (parameter.TakesRest)
            {
                var rest = new ScriptArray();
                rest.AddRange(i < arguments.Length ? arguments[i..] : []);
                names.Add(parameter.Name, new Value(rest));
            }
            else if (named is not null && named.TryGet(parameter.Name, out var given))
            {
                names.Add(parameter.Name, given);
            }
            else if (i < arguments.Length)
            {
                names.Add(parameter.Name, arguments[i]);
            }
            else
            {
                var value = parameter.Default ?? throw WrongCount(parameters, arguments.Length, at);
                names.Add(parameter.Name, value.Evaluate(rendering));
            }
        }

        if (arguments.Length > parameters.Length && !(parameters.Length > 0 && parameters[^1].TakesRest))
        {
            throw WrongCount(parameters, arguments.Length, at);
        }

        return names;
    }

    private static Fault WrongCount(ImmutableArray<Parameter> parameters, int given, Node at) =>
        at.Fault($"Expected {Rendering.Text(parameters.Length)} arguments, but got {Rendering.Text(given)}.");
}

/// <summary>A function written where a value is wanted: <c>do … end</c>.</summary>
internal sealed class AnonymousFunction(int line, int column, UserFunction function) : Expression(line, column)
{
    public UserFunction Function { get; } = function;

    public override Value Evaluate(Rendering rendering) =>
        new(rendering.CurrentScope.IsFunction ? new Closure(Function, rendering.CurrentScope) : Function);
}

/// <summary>A function written inside another one sees the private names of that one.</summary>
internal sealed class Closure(UserFunction function, Scope origin) : Callable
{
    public override Value Invoke(Rendering rendering, ReadOnlySpan<Value> arguments, ScriptObject? named, Node at) =>
        function.InvokeWithin(origin, rendering, arguments, named, at);
}
