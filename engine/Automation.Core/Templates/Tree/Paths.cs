using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Tree;

/// <summary>
/// <c>a.b</c>, and <c>a?.b</c> which answers null when there is no a. The rest of a chain after <c>?.</c> is as careful.
/// </summary>
internal sealed class Member(int line, int column, Expression target, string name, bool isCareful)
    : Expression(line, column), IAssignable
{
    public Expression Target { get; } = target;

    public string Name { get; } = name;

    public bool IsCareful { get; } = isCareful;

    public override Value Evaluate(Rendering rendering)
    {
        var value = Resolve(rendering);
        return value.Kind == ValueKind.Function ? Call.WithoutArguments(rendering, this, value) : value;
    }

    public override Value Resolve(Rendering rendering)
    {
        var target = Target.Evaluate(rendering);
        if (!target.IsNull)
        {
            return rendering.Member(target, Name, this);
        }

        return IsCareful || rendering.Strictness.RelaxedTarget
            ? Value.Null
            : throw Fault($"Expected an object before `.{Name}`, but `{Target.Describe()}` is null.");
    }

    public void Assign(Rendering rendering, Value value)
    {
        var target = Target.Evaluate(rendering);
        var done = target.Kind switch
        {
            ValueKind.Null => throw Fault($"Expected an object before `.{Name}`, but `{Target.Describe()}` is null."),
            ValueKind.Object => rendering.SetMember(target.Object!, Name, value),
            ValueKind.List when rendering.Writable(target.List!) is { } list => AssignToList(list, value),
            _ => throw Fault($"Expected an object before `.{Name}`, but found {Kinds.Name(target)}."),
        };
        if (!done)
        {
            throw Fault($"Expected a member that may be set, but `{Describe()}` is read-only.");
        }
    }

    private bool AssignToList(ScriptArray list, Value value)
    {
        (list.Members ??= []).Add(Name, value);
        return true;
    }

    public override string Describe() => $"{Target.Describe()}.{Name}";
}

/// <summary><c>a[i]</c>: an element of a list or a text, or a member by its name.</summary>
internal sealed class Element(int line, int column, Expression target, Expression index, bool isCareful)
    : Expression(line, column), IAssignable
{
    public Expression Target { get; } = target;

    public Expression Index { get; } = index;

    public override Value Evaluate(Rendering rendering)
    {
        var value = Resolve(rendering);
        return value.Kind == ValueKind.Function ? Call.WithoutArguments(rendering, this, value) : value;
    }

    public override Value Resolve(Rendering rendering)
    {
        var target = Target.Evaluate(rendering);
        if (!target.IsNull)
        {
            return rendering.Element(target, Index.Evaluate(rendering), this);
        }

        return isCareful || rendering.Strictness.RelaxedTarget ? Value.Null : throw NullTarget();
    }

    public void Assign(Rendering rendering, Value value)
    {
        var target = Target.Evaluate(rendering);
        var index = Index.Evaluate(rendering);
        switch (target.Kind)
        {
            case ValueKind.Null:
                throw NullTarget();
            case ValueKind.Object when !index.IsNull:
                var name = rendering.ToText(index)!;
                if (!rendering.SetMember(target.Object!, name, value))
                {
                    throw Fault($"Expected a member that may be set, but `{name}` is read-only.");
                }

                return;
            case ValueKind.List when !index.IsNull && rendering.Writable(target.List!) is { } list:
                AssignToList(rendering, list, index, value);
                return;
            default:
                throw Fault($"Expected a list or an object to write to, but found {Kinds.Name(target)}.");
        }
    }

    private void AssignToList(Rendering rendering, ScriptArray list, Value index, Value value)
    {
        if (index.Kind == ValueKind.String)
        {
            (list.Members ??= []).Add(index.Text!, value);
            return;
        }

        var position = Rendering.ToInt(index, this);
        position = position < 0 ? list.Count + position : position;
        if (position < 0)
        {
            throw Fault("Expected an index within the list, but it lies before its first element.");
        }

        rendering.Walk(Math.Max(0, position - list.Count + 1));
        list.Set(position, value);
    }

    private Fault NullTarget() => Fault($"Expected a list before the index, but `{Target.Describe()}` is null.");

    public override string Describe() => $"{Target.Describe()}[{Index.Describe()}]";
}
