namespace Automation.Storage.Sqlite;

/// <summary>What a mark is of; the numbers stand in the table.</summary>
internal enum MarkOf
{
    Actor = 3,
}

/// <summary>Gathers, for one commit, where each actor first and last occurs: people act seldom, and so their facts are found without a scan.</summary>
internal sealed class Marks(SqliteDatabase database, NameTable names)
{
    private readonly SqliteStatement _insert = database.Prepare("insert_mark");
    private readonly Dictionary<(MarkOf What, string Name), (long First, long Last)> _stretches = [];

    public void Add(MarkOf what, string? name, long sequence)
    {
        if (name is not null)
        {
            _stretches[(what, name)] = _stretches.TryGetValue((what, name), out var known) ? known with { Last = sequence } : (sequence, sequence);
        }
    }

    public void Write()
    {
        foreach (var ((what, name), (first, last)) in _stretches)
        {
            _insert.Bind(1, (long)what).Bind(2, names.Of(name)).Bind(3, first).Bind(4, last).Run();
        }
        _stretches.Clear();
    }

    /// <summary>After a commit that failed half-way.</summary>
    public void Clear() => _stretches.Clear();
}
