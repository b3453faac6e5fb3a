using Automation.Storage.Ledger;

namespace Automation.Storage.Sqlite;

/// <summary>
/// The writer's dictionary of recurring names. Bounded, because event names come from outside and may be endless: beyond the
/// bound a name is stored as its text. A name is therefore always stored the same way, and rolling back forgets the new ones.
/// </summary>
internal sealed class NameTable
{
    public const int NamesMax = 20_000;
    public const int LengthMax = 100;

    private readonly Dictionary<string, StoredName> _names = new(StringComparer.Ordinal);
    private readonly List<string> _added = [];
    private readonly SqliteStatement _insert;

    public NameTable(SqliteDatabase database)
    {
        _insert = database.Prepare("insert_name");
        var all = database.Prepare("all_names");
        while (all.Step())
        {
            var text = all.Text(1);
            _names[text] = new StoredName(all.Long(0), text);
        }
    }

    public StoredName? Optional(string? text) => text is null ? null : Of(text);

    public StoredName Of(string text)
    {
        if (_names.TryGetValue(text, out var known))
        {
            return known;
        }
        if (_names.Count >= NamesMax || text.Length > LengthMax)
        {
            return new StoredName(null, text);
        }
        var added = new StoredName(_names.Count + 1, text);
        _insert.Bind(1, added.Id!.Value).Bind(2, text).Run();
        _names.Add(text, added);
        _added.Add(text);
        return added;
    }

    public void Committed() => _added.Clear();

    public void RolledBack()
    {
        foreach (var text in _added)
        {
            _names.Remove(text);
        }
        _added.Clear();
    }
}
