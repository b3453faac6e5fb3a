using Automation.Core.Templates.Functions;
using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Evaluation;

/// <summary>Members and elements: reading them from anything, writing them where the template may.</summary>
internal sealed partial class Rendering
{
    /// <summary>
    /// What a template writes into a dictionary of the host goes into a copy; from then on the copy answers for it. The
    /// host's own dictionary is never changed.
    /// </summary>
    public Record Current(Record record) =>
        _rewritten is not null && record is HostRecord host && _rewritten.TryGetValue(host.Map, out var copy)
            ? (Record)copy
            : record;

    public Sequence Current(Sequence list) =>
        _rewritten is not null && list is HostSequence host && _rewritten.TryGetValue(host.Items, out var copy)
            ? (Sequence)copy
            : list;

    /// <summary>The array to write into, or null for a range and other lists that have no place to write to.</summary>
    public ScriptArray? Writable(Sequence list)
    {
        switch (Current(list))
        {
            case ScriptArray own:
                return own;
            case HostSequence host:
                var copy = host.ToArray();
                _rewritten ??= new Dictionary<object, Thing>(ReferenceEqualityComparer.Instance);
                _rewritten[host.Items] = copy;
                return copy;
            default:
                return null;
        }
    }

    private ScriptObject? Writable(Record record)
    {
        switch (Current(record))
        {
            case ScriptObject own:
                return own;
            case HostRecord host:
                var copy = new ScriptObject();
                foreach (var (name, value) in host.Members())
                {
                    copy.Add(name, value);
                }

                _rewritten ??= new Dictionary<object, Thing>(ReferenceEqualityComparer.Instance);
                _rewritten[host.Map] = copy;
                return copy;
            default:
                return null;
        }
    }

    public bool SetMember(Record record, string name, Value value)
    {
        if (record is PageRecord page)
        {
            return page.Set(name, value);
        }

        if (ReferenceEquals(record, BuiltIns.Date) && name == "format")
        {
            DateFormat = value;
            return true;
        }

        if (Writable(record) is not { } target || !target.CanWrite(name))
        {
            return false;
        }

        target.Add(name, value);
        return true;
    }

    /// <summary>Reads a member of a value that is not null.</summary>
    public Value Member(Value target, string name, Node at)
    {
        if (TryMember(target, name, out var value) || Strictness.RelaxedMember)
        {
            return value;
        }

        throw at.Fault($"Expected a member named `{name}`, but there is none.");
    }

    public bool TryMember(Value target, string name, out Value value)
    {
        switch (target.Kind)
        {
            case ValueKind.Object:
                return TryMemberOfRecord(Current(target.Object!), name, out value);
            case ValueKind.List:
                return TryMemberOfList(Current(target.List!), name, out value);
            case ValueKind.String when name == "size":
                value = new Value(target.Text!.Length);
                return true;
            case ValueKind.String when name == "empty?":
                value = new Value(target.Text!.Length == 0);
                return true;
            case ValueKind.Date:
                return DateMembers.TryGet(target.Date, name, out value);
            case ValueKind.TimeSpan:
                return TimeSpanFunctions.TryMember(target.TimeSpan, name, out value);
            default:
                value = Value.Null;
                return false;
        }
    }

    private bool TryMemberOfRecord(Record record, string name, out Value value)
    {
        if (ReferenceEquals(record, BuiltIns.Date) && name == "format")
        {
            value = DateFormat;
            return true;
        }

        if (record.TryGet(name, out value))
        {
            return true;
        }

        if (name == "empty?")
        {
            value = new Value(record.Count == 0);
            return true;
        }

        return false;
    }

    private static bool TryMemberOfList(Sequence list, string name, out Value value)
    {
        if (name == "size")
        {
            value = new Value(list.Count);
            return true;
        }

        if (name == "empty?")
        {
            value = new Value(list.Count == 0);
            return true;
        }

        value = Value.Null;
        return list is ScriptArray { Members: { } members } && members.TryGet(name, out value);
    }

    /// <summary>Reads an element by its number, or a member by its name.</summary>
    public Value Element(Value target, Value index, Node at)
    {
        if (index.IsNull)
        {
            return Strictness.NullIndexer ? Value.Null : throw at.Fault("Expected an index, but it is null.");
        }

        switch (target.Kind)
        {
            case ValueKind.Object:
                return Member(target, ToText(index) ?? string.Empty, at);
            case ValueKind.List when index.Kind == ValueKind.String:
                return TryMember(target, index.Text!, out var member) ? member : Value.Null;
            case ValueKind.List:
                return ElementOfList(Current(target.List!), ToInt(index, at), at);
            case ValueKind.String:
                var text = target.Text!;
                var position = ToInt(index, at);
                position = position < 0 ? text.Length + position : position;
                return position >= 0 && position < text.Length
                    ? new Value(text[position].ToString())
                    : throw at.Fault($"Expected an index within the text of {Text(text.Length)}, but got {Text(position)}.");
            case ValueKind.Date or ValueKind.TimeSpan when index.Kind == ValueKind.String:
                return Member(target, index.Text!, at);
            default:
                throw at.Fault($"Expected a list or an object before the index, but found {Kinds.Name(target)}.");
        }
    }

    private Value ElementOfList(Sequence list, int index, Node at)
    {
        index = index < 0 ? list.Count + index : index;
        if (index >= 0 && index < list.Count)
        {
            return list[index];
        }

        return Strictness.RelaxedIndexer
            ? Value.Null
            : throw at.Fault($"Expected an index below {Text(list.Count)}, but got {Text(index)}.");
    }
}
