using Automation.Core.Templates.Evaluation;
using Automation.Core.Templates.Parsing;
using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Functions;

/// <summary><c>object</c>: defaults, types, members, JSON, and templates within templates.</summary>
internal static class ObjectFunctions
{
    public static ScriptObject Create()
    {
        var target = new ScriptObject();
        target.Add("default", "value default", static (_, a) => a[0].IsNull || a[0].Text is { Length: 0 } ? a[1] : a[0]);
        target.Add("eval", "text", static (r, a) => Evaluate(r, a, scriptOnly: true));
        target.Add("eval_template", "text", static (r, a) => Evaluate(r, a, scriptOnly: false));
        target.Add("format", "value format culture?", static (r, a) => a[0].IsNull
            ? Value.EmptyText
            : MathFunctions.Formatted(r, a[0], MathFunctions.Checked(r.TextAt(a, 1)), r.CultureAt(a, 2)));
        target.Add("has_key", "value key", static (r, a) => new Value(Record(r, a) is { } record && r.TextAt(a, 1) is { } key && record.TryGet(key, out _)));
        target.Add("has_value", "value key", static (r, a) =>
            new Value(Record(r, a) is { } record && r.TextAt(a, 1) is { } key && record.TryGet(key, out var value) && !value.IsNull));
        target.Add("keys", "value", static (r, a) => List(r, a, static member => new Value(member.Key)));
        target.Add("size", "value", static (r, a) => new Value(Size(r, a[0])));
        target.Add("typeof", "value", static (_, a) => a[0].IsNull ? Value.Null : new Value(Kinds.Broad(a[0])));
        target.Add("kind", "value", static (_, a) => a[0].IsNull ? Value.Null : new Value(Kinds.Name(a[0])));
        target.Add("values", "value", static (r, a) => List(r, a, static member => member.Value));
        target.Add("from_json", "json", static (r, a) => Json.Read(r, r.TextAt(a, 0)));
        target.Add("to_json", "value", static (r, a) => r.Built(Json.Write(r, a[0])));
        return target.Seal();
    }

    private static Record? Record(Rendering r, ReadOnlySpan<Value> a) =>
        a[0].Object is { } record ? r.Current(record) : (a[0].List as ScriptArray)?.Members;

    private static Value List(Rendering r, ReadOnlySpan<Value> a, Func<KeyValuePair<string, Value>, Value> pick)
    {
        var result = new ScriptArray(isIterator: true);
        if (Record(r, a) is { } record)
        {
            r.Walk(record.Count);
            foreach (var member in record.Members())
            {
                result.Add(pick(member));
            }
        }

        return new Value(result);
    }

    private static int Size(Rendering r, Value value) => value.Kind switch
    {
        ValueKind.String => value.Text!.Length,
        ValueKind.List => r.Current(value.List!).Count,
        ValueKind.Object => r.Current(value.Object!).Count,
        _ => 0,
    };

    /// <summary>Code that arrives as text runs under the limits of the render it arrived in, and costs more to parse.</summary>
    private static Value Evaluate(Rendering r, ReadOnlySpan<Value> a, bool scriptOnly)
    {
        if (a[0].Function is { } function)
        {
            return r.Invoke(function, []);
        }

        if (a[0].Text is not { } text)
        {
            return a[0];
        }

        r.Step(text.Length);
        Block block;
        try
        {
            block = Parser.Parse(text, scriptOnly, new VariableCollector());
        }
        catch (ParseFault fault)
        {
            throw new Fault(fault.Message);
        }

        var site = r.CallSite!;
        r.EnterCall(site);
        var result = scriptOnly ? LastValue(r, block) : new Value(IncludeFunction.Print(r, block));
        r.LeaveCall();
        return result;
    }

    /// <summary>A single expression answers its value; anything longer answers what it printed.</summary>
    private static Value LastValue(Rendering r, Block block) =>
        block.Statements is [PrintStatement only] ? only.Expression.Evaluate(r) : new Value(IncludeFunction.Print(r, block));
}
