using System.Collections;

namespace Automation.Core.Templates.Evaluation;

/// <summary>Anything with named members: an object of the template, a dictionary of the host, <c>this</c>.</summary>
internal abstract class Record : Thing
{
    protected Record()
        : base(ValueKind.Object)
    {
    }

    public abstract int Count { get; }

    public abstract bool TryGet(string name, out Value value);

    public abstract IEnumerable<KeyValuePair<string, Value>> Members();
}

/// <summary>A dictionary of the host: read in place, never changed.</summary>
internal sealed class HostRecord(IReadOnlyDictionary<string, object?> map) : Record
{
    public IReadOnlyDictionary<string, object?> Map { get; } = map;

    public override int Count => Map.Count;

    public override bool TryGet(string name, out Value value)
    {
        if (Map.TryGetValue(name, out var host))
        {
            value = Value.From(host);
            return true;
        }

        value = Value.Null;
        return false;
    }

    public override IEnumerable<KeyValuePair<string, Value>> Members()
    {
        foreach (var (name, host) in Map)
        {
            yield return new KeyValuePair<string, Value>(name, Value.From(host));
        }
    }
}

/// <summary>An object made by a template: its members keep the order in which they were set.</summary>
internal sealed class ScriptObject : Record, IEnumerable
{
    private readonly OrderedDictionary<string, Value> _members = new(StringComparer.Ordinal);
    private HashSet<string>? _readOnly;
    private bool _isSealed;

    public override int Count => _members.Count;

    public override bool TryGet(string name, out Value value) => _members.TryGetValue(name, out value);

    public bool CanWrite(string name) => !_isSealed && (_readOnly is null || !_readOnly.Contains(name));

    public void Add(string name, Value value) => _members[name] = value;

    public void Remove(string name) => _members.Remove(name);

    public void Protect(string name) => (_readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);

    /// <summary>Built-in objects are shared by every render, so nothing may ever write to them.</summary>
    public ScriptObject Seal()
    {
        _isSealed = true;
        return this;
    }

    public override IEnumerable<KeyValuePair<string, Value>> Members() => _members;

    IEnumerator IEnumerable.GetEnumerator() => _members.GetEnumerator();
}
