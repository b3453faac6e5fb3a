using Automation.Storage.Ledger;

namespace Automation.Storage.Sqlite;

/// <summary>A read connection's view of the names: they only ever grow, so what was found once stays true.</summary>
internal sealed class NameReader(SqliteDatabase database)
{
    private readonly Dictionary<long, StoredName> _byId = [];
    private readonly Dictionary<string, StoredName> _byText = new(StringComparer.Ordinal);
    private readonly SqliteStatement _findText = database.Prepare("name_by_id");
    private readonly SqliteStatement _findId = database.Prepare("name_by_text");

    /// <summary>The name as a filter needs it: by number where it has one.</summary>
    public StoredName Find(string text)
    {
        if (_byText.TryGetValue(text, out var known))
        {
            return known;
        }
        var found = _findId.Bind(1, text).Step();
        var name = new StoredName(found ? _findId.Long(0) : null, text);
        _findId.Reset();
        return found ? Remember(name) : name;
    }

    public StoredName Read(SqliteStatement row, int column) =>
        row.IsInteger(column) ? ById(row.Long(column)) : new StoredName(null, row.Text(column));

    public StoredName? ReadOptional(SqliteStatement row, int column) => row.IsNull(column) ? null : Read(row, column);

    private StoredName ById(long id)
    {
        if (_byId.TryGetValue(id, out var known))
        {
            return known;
        }
        // A number without a name is a damaged row; its text fits no seal, and the rest stays readable.
        var text = _findText.Bind(1, id).Step() ? _findText.Text(0) : null;
        _findText.Reset();
        return text is null ? new StoredName(id, FormattableString.Invariant($"?{id}")) : Remember(new StoredName(id, text));
    }

    private StoredName Remember(StoredName name)
    {
        _byId[name.Id!.Value] = name;
        _byText[name.Text] = name;
        return name;
    }
}
