using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Evaluation;

/// <summary>Anything that can be called: a built-in, a function of the template, <c>include</c>.</summary>
internal abstract class Callable() : Thing(ValueKind.Function)
{
    public abstract Value Invoke(Rendering rendering, ReadOnlySpan<Value> arguments, ScriptObject? named, Node at);
}

internal delegate Value BuiltInBody(Rendering rendering, ReadOnlySpan<Value> arguments);

/// <summary>
/// A function that comes with the language. Its body always sees one value for every parameter; optional ones that were
/// not given are <see cref="Value.Missing"/>.
/// </summary>
internal sealed class BuiltIn : Callable
{
    private readonly BuiltInBody _body;

    /// <param name="signature">Parameter names between spaces; those that end in a question mark may be left out.</param>
    public BuiltIn(string name, string signature, BuiltInBody body)
    {
        Name = name;
        _body = body;
        var parameters = signature.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Required = parameters.Count(parameter => !parameter.EndsWith('?'));
        Parameters = [.. parameters.Select(parameter => parameter.TrimEnd('?'))];
    }

    public string Name { get; }

    public string[] Parameters { get; }

    public int Required { get; }

    public Value Run(Rendering rendering, ReadOnlySpan<Value> slots) => _body(rendering, slots);

    public override Value Invoke(Rendering rendering, ReadOnlySpan<Value> arguments, ScriptObject? named, Node at)
    {
        var slots = new Value[Parameters.Length];
        Array.Fill(slots, Value.Missing);
        if (arguments.Length > slots.Length)
        {
            throw TooMany(at);
        }

        arguments.CopyTo(slots);
        foreach (var (name, value) in named?.Members() ?? [])
        {
            slots[Slot(name, at)] = value;
        }

        CheckRequired(slots, at);
        return _body(rendering, slots);
    }

    public int Slot(string name, Node at)
    {
        var index = Array.IndexOf(Parameters, name);
        return index >= 0 ? index : throw at.Fault($"Expected a parameter of `{Name}`, but it has none named `{name}`.");
    }

    public void CheckRequired(ReadOnlySpan<Value> slots, Node at)
    {
        for (var i = 0; i < Required; i++)
        {
            if (slots[i].IsMissing)
            {
                throw at.Fault($"Expected `{Parameters[i]}` for `{Name}`, but it was not given.");
            }
        }
    }

    public Fault TooMany(Node at) =>
        at.Fault($"Expected at most {Rendering.Text(Parameters.Length)} arguments for `{Name}`, but got more.");
}
