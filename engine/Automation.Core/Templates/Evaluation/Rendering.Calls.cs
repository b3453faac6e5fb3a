using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Evaluation;

/// <summary>The stack on which calls lay out their arguments, so that a call allocates nothing.</summary>
internal sealed partial class Rendering
{
    private int _top;

    public Value[] Slots { get; private set; } = new Value[16];

    public int Reserve(int count)
    {
        var start = _top;
        _top += count;
        if (_top > Slots.Length)
        {
            var longer = Slots;
            Array.Resize(ref longer, Math.Max(_top, longer.Length * 2));
            Slots = longer;
        }

        Slots.AsSpan(start, count).Fill(Value.Missing);
        return start;
    }

    public void Release(int start, int count)
    {
        Slots.AsSpan(start, count).Clear();
        _top = start;
    }

    /// <summary>Calls a function that was handed to a built-in, such as the one of <c>array.each</c>.</summary>
    public Value Invoke(Callable function, ReadOnlySpan<Value> arguments)
    {
        var site = CallSite!;
        EnterCall(site);
        var result = function.Invoke(this, arguments, null, site);
        LeaveCall();
        CallSite = site;
        return result;
    }

    /// <summary>Calls a function for which one element is the only argument.</summary>
    public Value Invoke(Callable function, Value argument) => Invoke(function, [argument]);

    /// <summary>The place of one argument of the running call, for messages.</summary>
    public Node At(int argument) =>
        CallSite is { } call && argument < call.Positional.Length ? call.Positional[argument] : CallSite!;
}
