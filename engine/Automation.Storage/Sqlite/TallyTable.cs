using System.Runtime.InteropServices;
using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>
/// The writer's keys of facts, and what the commit at hand adds to their counts: gathered in memory, then a few rows for hundreds of facts.
/// A key that a commit brought is forgotten again when the commit is rolled back.
/// </summary>
internal sealed class TallyTable
{
    private readonly Dictionary<TallyKey, long> _keys = [];
    private readonly List<TallyKey> _added = [];
    private readonly Dictionary<(int Hour, long Key), long> _counts = [];
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _add;

    public TallyTable(SqliteDatabase database)
    {
        _insert = database.Prepare("insert_tally_key");
        _add = database.Prepare("add_to_tally");
        var all = database.Prepare("all_tally_keys");
        while (all.Step())
        {
            _keys[TallyRows.Key(all, 1)] = all.Long(0);
        }
    }

    /// <summary>Counts a fact, and gives its key for the row.</summary>
    public long Count(in TallyKey key, int hour)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, key, out var known);
        if (!known)
        {
            id = _keys.Count;
            _added.Add(key);
            _insert
                .Bind(1, id).Bind(2, key.Kind).Bind(3, key.Reason ?? "").Bind(4, key.Journey ?? "").Bind(5, key.Step ?? "")
                .Bind(6, key.Channel ?? "").Bind(7, key.Account ?? "")
                .Run();
        }
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, (hour, id), out _)++;
        return id;
    }

    public void Write()
    {
        foreach (var ((hour, key), count) in _counts)
        {
            _add.Bind(1, hour).Bind(2, key).Bind(3, count).Run();
        }
        _counts.Clear();
    }

    public void Committed() => _added.Clear();

    public void RolledBack()
    {
        foreach (var key in _added)
        {
            _keys.Remove(key);
        }
        _added.Clear();
        _counts.Clear();
    }
}
