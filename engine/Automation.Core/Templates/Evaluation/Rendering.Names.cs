using Automation.Core.Templates.Functions;

namespace Automation.Core.Templates.Evaluation;

/// <summary>Names: reading, assigning, and the scopes they live in.</summary>
internal sealed partial class Rendering
{
    public bool TryRead(string name, out Value value)
    {
        for (var scope = _scope; scope is not null; scope = scope.Parent)
        {
            for (var loop = scope.Loop; loop is not null; loop = loop.OuterInScope)
            {
                if (loop.Name == name)
                {
                    value = loop.Value;
                    return true;
                }
            }

            if (scope.Names is not null && Current(scope.Names).TryGet(name, out value))
            {
                return true;
            }
        }

        if (_assigned is not null && _assigned.TryGet(name, out value))
        {
            return true;
        }

        if (_model.TryGetValue(name, out var host))
        {
            value = Value.From(host);
            return true;
        }

        return BuiltIns.Table.TryGetValue(name, out value);
    }

    /// <summary>Whether a name can be read at all; built-in names do not count.</summary>
    private bool Exists(string name)
    {
        for (var scope = _scope; scope is not null; scope = scope.Parent)
        {
            if (scope.Names is not null && Current(scope.Names).TryGet(name, out _))
            {
                return true;
            }
        }

        return (_assigned is not null && _assigned.TryGet(name, out _)) || _model.ContainsKey(name);
    }

    /// <summary>Assigns in the current object; a function with parameters keeps new names to itself.</summary>
    public bool Assign(string name, Value value)
    {
        var scope = _scope;
        if (scope.IsFunction && !Current(scope.Names!).TryGet(name, out _) && Exists(name))
        {
            scope = scope.Shared();
        }

        return scope.Names is null ? AssignToPage(name, value) : SetMember(scope.Names, name, value);
    }

    private bool AssignToPage(string name, Value value)
    {
        _assigned ??= [];
        if (!_assigned.CanWrite(name))
        {
            return false;
        }

        _assigned.Add(name, value);
        return true;
    }

    public void Protect(string name)
    {
        if (_scope.Names is null)
        {
            (_assigned ??= []).Protect(name);
        }
        else if (Writable(_scope.Names) is { } names)
        {
            names.Protect(name);
        }
    }

    public Scope CurrentScope => _scope;

    public Scope Push(Record names)
    {
        var before = _scope;
        _scope = new Scope(before, names, isFunction: false);
        return before;
    }

    /// <summary>
    /// A function without parameters works on the names around it; one with parameters has a scope of its own on top. The
    /// private names of the caller are in neither.
    /// </summary>
    public Scope EnterFunction(Scope? origin, Record? names)
    {
        var before = _scope;
        var outer = origin ?? before.Shared();
        _scope = names is null ? outer : new Scope(outer, names, isFunction: true);
        return before;
    }

    public void Restore(Scope scope) => _scope = scope;

    public Frame PushFrame(Frame frame)
    {
        var before = Frame;
        Frame = frame;
        return before;
    }

    public void RestoreFrame(Frame frame) => Frame = frame;

    public void PushLoop(LoopState loop, bool isLocal)
    {
        loop.OuterInFrame = Frame.Loop;
        Frame.Loop = loop;
        if (!isLocal)
        {
            loop.OuterInScope = _scope.Loop;
            _scope.Loop = loop;
        }
    }

    public void PopLoop(LoopState loop, bool isLocal)
    {
        Frame.Loop = loop.OuterInFrame;
        if (!isLocal)
        {
            _scope.Loop = loop.OuterInScope;
        }
    }

    /// <summary>What <c>this</c> answers: the page as an object, or the object of the innermost <c>with</c>.</summary>
    public Record This()
    {
        var names = _scope.Shared().Names;
        return names is null ? new PageRecord(this) : Current(names);
    }

    /// <summary>The page as an object: what was assigned, over what the host gave.</summary>
    private sealed class PageRecord(Rendering rendering) : Record
    {
        public override int Count => Members().Count();

        public override bool TryGet(string name, out Value value)
        {
            if (rendering._assigned is not null && rendering._assigned.TryGet(name, out value))
            {
                return true;
            }

            var found = rendering._model.TryGetValue(name, out var host);
            value = Value.From(host);
            return found;
        }

        public bool Set(string name, Value value) => rendering.AssignToPage(name, value);

        public override IEnumerable<KeyValuePair<string, Value>> Members()
        {
            foreach (var (name, host) in rendering._model)
            {
                yield return rendering._assigned is not null && rendering._assigned.TryGet(name, out var value)
                    ? new KeyValuePair<string, Value>(name, value)
                    : new KeyValuePair<string, Value>(name, Value.From(host));
            }

            foreach (var member in rendering._assigned?.Members() ?? [])
            {
                if (!rendering._model.ContainsKey(member.Key))
                {
                    yield return member;
                }
            }
        }
    }
}
