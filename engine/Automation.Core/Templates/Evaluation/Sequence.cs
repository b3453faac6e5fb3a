namespace Automation.Core.Templates.Evaluation;

/// <summary>Anything that can be walked and indexed: an array of the template, a list of the host, a range.</summary>
internal abstract class Sequence : Thing
{
    protected Sequence()
        : base(ValueKind.List)
    {
    }

    public abstract int Count { get; }

    /// <summary>A range or the lazy answer of a list function counts as an iterator, not as an array.</summary>
    public virtual bool IsRange => false;

    public abstract Value this[int index] { get; }

    public ScriptArray ToArray()
    {
        var copy = new ScriptArray(Count);
        for (var i = 0; i < Count; i++)
        {
            copy.Add(this[i]);
        }

        return copy;
    }
}

/// <summary>A list of the host: read in place, never changed.</summary>
internal sealed class HostSequence(IReadOnlyList<object?> items) : Sequence
{
    public IReadOnlyList<object?> Items { get; } = items;

    public override int Count => Items.Count;

    public override Value this[int index] => Value.From(Items[index]);
}

/// <summary>The numbers from a first to a last, never written out.</summary>
internal sealed class ScriptRange(long first, int count, bool down) : Sequence
{
    public override int Count => count;

    public override bool IsRange => true;

    public override Value this[int index] => Value.Shrink(down ? first - index : first + index);
}

/// <summary>The characters of a text, as a loop sees them.</summary>
internal sealed class CharacterSequence(string text) : Sequence
{
    public override int Count => text.Length;

    public override Value this[int index] => new(text[index].ToString());
}
