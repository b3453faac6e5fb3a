namespace Automation.Core.Templates.Parsing;

/// <summary>Remembers which paths a template reads and which names it sets itself.</summary>
internal sealed class VariableCollector
{
    private readonly SortedSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);

    public void Read(string path) => _read.Add(path);

    public void Declare(string name) => _own.Add(name);

    /// <summary>The paths that must come from the model: neither set by the template nor built in.</summary>
    public IReadOnlyList<string> Result(Func<string, bool> isBuiltIn)
    {
        bool IsOfModel(string path)
        {
            var dot = path.IndexOf('.', StringComparison.Ordinal);
            var root = dot < 0 ? path : path[..dot];
            return !_own.Contains(root) && !isBuiltIn(root);
        }

        return [.. _read.Where(IsOfModel)];
    }

    /// <summary>The paths that name an object of built-in functions itself, or a member that it does not have: their author meant a value.</summary>
    public IReadOnlyList<string> Mistaken(Func<string, string?, bool> isGroupWithout) =>
    [
        .. _read.Where(path =>
        {
            var names = path.Split('.');
            return !_own.Contains(names[0]) && isGroupWithout(names[0], names.Length > 1 ? names[1] : null);
        }),
    ];
}
