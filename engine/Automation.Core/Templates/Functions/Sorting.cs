using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary>Order and sameness of elements, which are stricter than the operators: a number is never the text of it.</summary>
internal static class Sorting
{
    /// <summary>Sorts by the elements themselves, or by a member of each that may be a path with dots.</summary>
    public static Value Sort(Rendering r, Sequence? list, string? member)
    {
        var path = string.IsNullOrEmpty(member) ? [] : member.Split('.');
        var keyed = new List<KeyValuePair<Value, Value>>();
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            keyed.Add(KeyValuePair.Create(Key(r, list![i], path), list[i]));
        }

        var result = new ScriptArray(keyed.Count, isIterator: true);
        var order = Comparer<Value>.Create((left, right) => Compare(r, left, right));
        try
        {
            foreach (var pair in keyed.OrderBy(pair => pair.Key, order))
            {
                result.Add(pair.Value);
            }
        }
        catch (InvalidOperationException failed) when (failed.InnerException is Fault fault)
        {
            throw fault;
        }

        return new Value(result);
    }

    public static bool Same(Rendering r, Value left, Value right) =>
        left.Kind == ValueKind.String == (right.Kind == ValueKind.String) && Comparison.AreEqual(r, left, right);

    private static Value Key(Rendering r, Value value, string[] path)
    {
        foreach (var name in path)
        {
            if (!r.TryMember(value, name, out value))
            {
                return Value.Null;
            }
        }

        return value;
    }

    /// <summary>Null comes first; texts follow the culture, so that "b" stands before "C".</summary>
    private static int Compare(Rendering r, Value left, Value right)
    {
        r.Step();
        if (left.IsNull || right.IsNull)
        {
            return (left.IsNull ? 0 : 1) - (right.IsNull ? 0 : 1);
        }

        if (left.Kind == ValueKind.String && right.Kind == ValueKind.String)
        {
            return r.Culture.CompareInfo.Compare(left.Text, right.Text);
        }

        var order = left.Kind == ValueKind.String || right.Kind == ValueKind.String
            ? null
            : Comparison.Order(r, left, right);
        return order ?? throw new Fault($"Expected elements of one type to sort, but found {Kinds.Name(left)} and {Kinds.Name(right)}.");
    }
}
