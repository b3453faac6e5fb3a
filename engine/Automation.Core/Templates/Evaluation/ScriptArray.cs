using System.Collections;

namespace Automation.Core.Templates.Evaluation;

/// <summary>An array made by a template. It may carry members beside its elements: <c>a.note = 1</c>, and <c>$.name</c>.</summary>
internal sealed class ScriptArray : Sequence, IEnumerable
{
    private readonly List<Value> _items;
    private readonly bool _isIterator;

    public ScriptArray(int capacity = 0, bool isIterator = false)
    {
        _items = new List<Value>(capacity);
        _isIterator = isIterator;
    }

    public override int Count => _items.Count;

    public override bool IsRange => _isIterator;

    public ScriptObject? Members { get; set; }

    public override Value this[int index] => _items[index];

    public void Add(Value value) => _items.Add(value);

    public void AddRange(ReadOnlySpan<Value> values) => _items.AddRange(values);

    public void Insert(int index, Value value) => _items.Insert(index, value);

    public void RemoveAt(int index) => _items.RemoveAt(index);

    public void Set(int index, Value value)
    {
        while (_items.Count <= index)
        {
            _items.Add(Value.Null);
        }

        _items[index] = value;
    }

    public void Reverse() => _items.Reverse();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}
