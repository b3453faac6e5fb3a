using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary><c>array</c>. Every function makes a new list; the one it was given stays as it is.</summary>
internal static class ArrayFunctions
{
    public static ScriptObject Create()
    {
        var target = new ScriptObject();
        target.Add("add", "list value", static (r, a) => Added(r, a, single: true));
        target.Add("add_range", "list1 list2", static (r, a) => Added(r, a, single: false));
        target.Add("compact", "list", static (r, a) => Filtered(r, r.ListAt(a, 0), static (_, value) => !value.IsNull));
        target.Add("concat", "list1 list2", static (r, a) => a[0].IsNull && a[1].IsNull ? Value.Null : Added(r, a, single: false));
        target.Add("cycle", "list group?", static (r, a) => Cycle(r, a));
        target.Add("any", "list function arg1? arg2? arg3?", static (r, a) => Any(r, a));
        target.Add("each", "list function", static (r, a) => Each(r, a));
        target.Add("filter", "list function", static (r, a) => Filter(r, a));
        target.Add("first", "list", static (r, a) => r.ListAt(a, 0) is { Count: > 0 } list ? list[0] : Value.Null);
        target.Add("insert_at", "list index value", static (r, a) => InsertAt(r, a));
        target.Add("join", "list delimiter function?", static (r, a) => Join(r, a));
        target.Add("last", "list", static (r, a) => r.ListAt(a, 0) is { Count: > 0 } list ? list[list.Count - 1] : Value.Null);
        target.Add("limit", "list count", static (r, a) => Part(r.ListAt(a, 0), 0, Math.Max(0, r.IntAt(a, 1))));
        target.Add("map", "list member", static (r, a) => Map(r, a));
        target.Add("offset", "list index", static (r, a) => Part(r.ListAt(a, 0), Math.Max(0, r.IntAt(a, 1)), int.MaxValue));
        target.Add("remove_at", "list index", static (r, a) => RemoveAt(r, a));
        target.Add("reverse", "list", static (r, a) => Reverse(r.ListAt(a, 0)));
        target.Add("size", "list", static (r, a) => new Value(r.ListAt(a, 0)?.Count ?? 0));
        target.Add("sort", "list member?", static (r, a) => Sorting.Sort(r, r.ListAt(a, 0), r.TextAt(a, 1)));
        target.Add("uniq", "list", static (r, a) => Unique(r, r.ListAt(a, 0)));
        target.Add("contains", "list item", static (r, a) => Contains(r, a));
        return target.Seal();
    }

    private static Value Added(Rendering r, ReadOnlySpan<Value> a, bool single)
    {
        var result = Copy(r.ListAt(a, 0));
        if (single)
        {
            result.Add(a[1]);
        }
        else if (r.ListAt(a, 1) is { } more)
        {
            for (var i = 0; i < more.Count; i++)
            {
                result.Add(more[i]);
            }
        }

        return new Value(result);
    }

    private static ScriptArray Copy(Sequence? list) => list?.ToArray() ?? new ScriptArray();

    private static Value Filtered(Rendering r, Sequence? list, Func<Rendering, Value, bool> keeps)
    {
        if (list is null)
        {
            return Value.Null;
        }

        var result = new ScriptArray(isIterator: true);
        for (var i = 0; i < list.Count; i++)
        {
            if (keeps(r, list[i]))
            {
                result.Add(list[i]);
            }
        }

        return new Value(result);
    }

    private static Value Filter(Rendering r, ReadOnlySpan<Value> a)
    {
        var function = r.FunctionAt(a, 1);
        return Filtered(r, r.ListAt(a, 0), (rendering, value) => rendering.Invoke(function, value).IsTrue);
    }

    private static Value Each(Rendering r, ReadOnlySpan<Value> a)
    {
        var function = r.FunctionAt(a, 1);
        if (r.ListAt(a, 0) is not { } list)
        {
            return Value.Null;
        }

        var result = new ScriptArray(list.Count, isIterator: true);
        for (var i = 0; i < list.Count; i++)
        {
            result.Add(r.Invoke(function, list[i]));
        }

        return new Value(result);
    }

    private static Value Any(Rendering r, ReadOnlySpan<Value> a)
    {
        var function = r.FunctionAt(a, 1);
        var list = r.ListAt(a, 0);
        var count = 1;
        while (count < 4 && !a[count + 1].IsMissing)
        {
            count++;
        }

        var arguments = a.Slice(1, count).ToArray();
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            arguments[0] = list![i];
            if (r.Invoke(function, arguments).IsTrue)
            {
                return Value.True;
            }
        }

        return Value.False;
    }

    /// <summary>Answers the next element at each call, counting per group or else per list.</summary>
    private static Value Cycle(Rendering r, ReadOnlySpan<Value> a)
    {
        if (r.ListAt(a, 0) is not { Count: > 0 } list)
        {
            return Value.Null;
        }

        var group = Rendering.IsGiven(a, 1) ? r.TextAt(a, 1)! : Group(r, list);
        r.Cycles.TryGetValue(group, out var turn);
        turn %= list.Count;
        r.Cycles[group] = turn + 1;
        return list[turn];
    }

    private static string Group(Rendering r, Sequence list)
    {
        var parts = new string?[list.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = r.ToText(list[i]);
        }

        return string.Join(',', parts);
    }

    private static Value InsertAt(Rendering r, ReadOnlySpan<Value> a)
    {
        var result = Copy(r.ListAt(a, 0));
        var index = r.IntAt(a, 1);
        index = index < 0 ? Math.Max(0, result.Count + index) : index;
        r.Walk(Math.Max(0, index - result.Count));
        while (result.Count < index)
        {
            result.Add(Value.Null);
        }

        result.Insert(index, a[2]);
        return new Value(result);
    }

    private static Value RemoveAt(Rendering r, ReadOnlySpan<Value> a)
    {
        var result = Copy(r.ListAt(a, 0));
        var index = r.IntAt(a, 1);
        index = index < 0 ? result.Count + index : index;
        if (index >= 0 && index < result.Count)
        {
            result.RemoveAt(index);
        }

        return new Value(result);
    }

    private static Value Join(Rendering r, ReadOnlySpan<Value> a)
    {
        if (r.ListAt(a, 0) is not { } list)
        {
            return Value.EmptyText;
        }

        var delimiter = r.TextAt(a, 1) ?? string.Empty;
        var function = Rendering.IsGiven(a, 2) ? r.FunctionAt(a, 2) : null;
        var parts = new string?[list.Count];
        long length = Math.Max(0, list.Count - 1) * (long)delimiter.Length;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = r.ToText(list[i]);
            parts[i] = function is null ? part : r.ToText(r.Invoke(function, new Value(part)));
            length += parts[i]?.Length ?? 0;
        }

        Operators.CheckLength(r, length, null);
        return new Value(string.Join(delimiter, parts));
    }

    private static Value Part(Sequence? list, int first, int count)
    {
        if (list is null)
        {
            return Value.Null;
        }

        var result = new ScriptArray(isIterator: true);
        for (var i = first; i < list.Count && i - first < count; i++)
        {
            result.Add(list[i]);
        }

        return new Value(result);
    }

    private static Value Map(Rendering r, ReadOnlySpan<Value> a)
    {
        var member = r.TextAt(a, 1) ?? string.Empty;
        var result = new ScriptArray(isIterator: true);
        var source = a[0].Kind == ValueKind.Object ? r.ToSequence(a[0]) : r.ListAt(a, 0);
        for (var i = 0; i < (source?.Count ?? 0); i++)
        {
            if (r.TryMember(source![i], member, out var value))
            {
                result.Add(value);
            }
        }

        return new Value(result);
    }

    private static Value Reverse(Sequence? list)
    {
        var result = new ScriptArray(list?.Count ?? 0, isIterator: true);
        for (var i = (list?.Count ?? 0) - 1; i >= 0; i--)
        {
            result.Add(list![i]);
        }

        return new Value(result);
    }

    private static Value Unique(Rendering r, Sequence? list)
    {
        var seen = new ScriptArray(isIterator: true);
        return list is null ? Value.Null : Filtered(r, list, (rendering, value) =>
        {
            for (var i = 0; i < seen.Count; i++)
            {
                rendering.Step();
                if (Sorting.Same(rendering, seen[i], value))
                {
                    return false;
                }
            }

            seen.Add(value);
            return true;
        });
    }

    private static Value Contains(Rendering r, ReadOnlySpan<Value> a)
    {
        var list = r.ListAt(a, 0);
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            if (Sorting.Same(r, list![i], a[1]))
            {
                return Value.True;
            }
        }

        return Value.False;
    }
}
