using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Tree;

/// <summary>What may follow the sequence of a loop.</summary>
internal sealed record LoopOptions(Expression? Offset, Expression? Limit, Expression? Columns, bool IsReversed);

/// <summary><c>for x in list</c> and <c>tablerow x in list</c>, which differ only in what stands around an element.</summary>
internal sealed class ForLoop(
    int line, int column, string variable, Expression sequence, LoopOptions options, Block body, Block? otherwise, bool isTable)
    : Statement(line, column)
{
    private readonly bool _isLocal = variable.StartsWith('$');

    public string Variable { get; } = variable;

    public Expression Sequence { get; } = sequence;

    public LoopOptions Options { get; } = options;

    public Block Body { get; } = body;

    public Block? Otherwise { get; } = otherwise;

    public override Flow Execute(Rendering rendering)
    {
        rendering.Step();
        var value = Sequence.Evaluate(rendering);
        if (value.IsNull)
        {
            return Flow.Next;
        }

        var list = value.Kind == ValueKind.Empty ? new ScriptArray() : rendering.ToSequence(value)
            ?? throw Sequence.Fault($"Expected a list to loop over, but found {Kinds.Name(value)}.");
        var first = Number(rendering, Options.Offset, 0);
        var limit = Number(rendering, Options.Limit, 0);
        first = Math.Max(first, 0);
        var count = Math.Max(0, list.Count - first);
        var taken = limit > 0 ? Math.Min(limit, count) : count;
        if (taken == 0)
        {
            return Otherwise?.Execute(rendering) ?? Flow.Next;
        }

        rendering.EnterLoop();
        var flow = Run(rendering, list, first, count, taken);
        rendering.LeaveLoop();
        return flow;
    }

    private Flow Run(Rendering rendering, Sequence list, int first, int count, int taken)
    {
        var loop = new LoopState(Variable, isWhile: false) { Count = taken };
        rendering.PushLoop(loop, _isLocal);
        var columns = isTable ? Math.Max(1, Number(rendering, Options.Columns, 1)) : 0;
        var result = Flow.Next;
        for (var i = 0; i < taken; i++)
        {
            rendering.Turn(this);
            if (first + i >= list.Count)
            {
                break;
            }

            var value = list[Options.IsReversed ? first + count - 1 - i : first + i];
            loop.IsChanged = i == 0 || !Comparison.AreEqual(rendering, loop.Value, value);
            loop.Value = value;
            loop.Index = i;
            var flow = isTable ? Cell(rendering, i, columns, taken) : Body.Execute(rendering);
            if (flow == Flow.Return)
            {
                result = flow;
                break;
            }

            if (flow == Flow.Break)
            {
                break;
            }
        }

        rendering.PopLoop(loop, _isLocal);
        return result;
    }

    private Flow Cell(Rendering rendering, int index, int columns, int count)
    {
        var column = index % columns;
        if (column == 0)
        {
            rendering.Write($"<tr class=\"row{Rendering.Text((index / columns) + 1)}\">");
        }

        rendering.Write($"<td class=\"col{Rendering.Text(column + 1)}\">");
        var flow = Body.Execute(rendering);
        rendering.Write("</td>");
        if (column == columns - 1 || index == count - 1)
        {
            rendering.Write("</tr>\n");
        }

        return flow;
    }

    private static int Number(Rendering rendering, Expression? expression, int otherwise)
    {
        if (expression is null)
        {
            return otherwise;
        }

        var value = expression.Evaluate(rendering);
        return value.IsNull ? otherwise : Rendering.ToInt(value, expression);
    }
}

internal sealed class WhileLoop(int line, int column, Expression condition, Block body) : Statement(line, column)
{
    public Expression Condition { get; } = condition;

    public Block Body { get; } = body;

    public override Flow Execute(Rendering rendering)
    {
        var loop = new LoopState(null, isWhile: true);
        rendering.EnterLoop();
        rendering.PushLoop(loop, isLocal: true);
        var result = Flow.Next;
        for (var i = 0; Condition.Evaluate(rendering).IsTrue; i++)
        {
            rendering.Turn(Condition);
            loop.Index = i;
            var flow = Body.Execute(rendering);
            if (flow == Flow.Return)
            {
                result = flow;
                break;
            }

            if (flow == Flow.Break)
            {
                break;
            }
        }

        rendering.PopLoop(loop, isLocal: true);
        rendering.LeaveLoop();
        return result;
    }
}

/// <summary><c>for.index</c> and its siblings, which ask the innermost loop of the running page or function.</summary>
internal sealed class LoopMember(int line, int column, bool isWhile, string name) : Expression(line, column)
{
    /// <summary>The members there are; the parser refuses any other.</summary>
    public static bool Exists(bool isWhile, string name) =>
        name is "index" or "first" or "even" or "odd" || (!isWhile && name is "rindex" or "last" or "length" or "changed");

    public override Value Evaluate(Rendering rendering)
    {
        var loop = rendering.Frame.Loop;
        while (loop is not null && loop.IsWhile != isWhile)
        {
            loop = loop.OuterInFrame;
        }

        if (loop is null)
        {
            throw Fault($"Expected a loop around `{Describe()}`, but there is none.");
        }

        return name switch
        {
            "index" => new Value(loop.Index),
            "rindex" => new Value(loop.Count - loop.Index - 1),
            "first" => new Value(loop.Index == 0),
            "last" => new Value(loop.Index == loop.Count - 1),
            "even" => new Value(loop.Index % 2 == 0),
            "odd" => new Value(loop.Index % 2 != 0),
            "length" => new Value(loop.Count),
            _ => new Value(loop.IsChanged),
        };
    }

    public override string Describe() => (isWhile ? "while." : "for.") + name;
}

/// <summary><c>break</c> and <c>continue</c>.</summary>
internal sealed class Jump(int line, int column, Flow flow) : Statement(line, column)
{
    public override Flow Execute(Rendering rendering) =>
        rendering.Frame.Loop is not null
            ? flow
            : throw Fault("Expected a loop around this statement, but there is none.");
}
