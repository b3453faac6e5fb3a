using System.Collections.Concurrent;
using Automation.Runtime.Ports;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>
/// The numbers of keys that facts are counted by, shared by all partitions of the process. A new key is written by itself, ahead of the
/// commit that needs it, so that two partitions that meet the same one do not wait for each other's commits.
/// </summary>
internal sealed class PostgresTallies(PostgresDatabase database)
{
    private readonly ConcurrentDictionary<TallyKey, int> _ids = new();

    /// <summary>The key of each fact, in order.</summary>
    public async ValueTask<List<int>> IdsAsync(IReadOnlyList<TallyKey> keys, CancellationToken cancellation)
    {
        var unknown = keys.Where(key => !_ids.ContainsKey(key)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            await LearnAsync(unknown, cancellation);
        }
        var ids = new List<int>(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            ids.Add(_ids[keys[i]]);
        }
        return ids;
    }

    /// <summary>Adds what a commit has of each key and hour to the counts.</summary>
    public static void Add(Statements to, CommitBatch batch, List<int> ids)
    {
        var counts = new Dictionary<(int Hour, int Key), long>();
        for (var i = 0; i < ids.Count; i++)
        {
            var place = (TallyHours.Of(batch.Facts[i].At), ids[i]);
            counts[place] = counts.GetValueOrDefault(place) + 1;
        }
        if (counts.Count == 0)
        {
            return;
        }
        var places = counts.Keys.Order().ToList();
        to.Add(
            "add_to_tally", Of(batch.Partition), Of(places.ConvertAll(p => p.Hour)), Of(places.ConvertAll(p => p.Key)),
            Of(places.ConvertAll(p => counts[p])));
    }

    public static TallyKey Read(NpgsqlDataReader row, int column)
    {
        string? Part(int place) => row.GetString(column + place) is { Length: > 0 } text ? text : null;
        return new TallyKey(row.GetString(column), Part(1), Part(2), Part(3), Part(4), Part(5));
    }

    private async Task LearnAsync(List<TallyKey> keys, CancellationToken cancellation)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        foreach (var query in new[] { "insert_tally_keys", "tally_key_ids" })
        {
            await using var statements = new Statements(connection);
            statements.Add(
                query, Of(keys.ConvertAll(k => k.Kind)), Of(keys.ConvertAll(k => k.Reason ?? "")), Of(keys.ConvertAll(k => k.Journey ?? "")),
                Of(keys.ConvertAll(k => k.Step ?? "")), Of(keys.ConvertAll(k => k.Channel ?? "")), Of(keys.ConvertAll(k => k.Account ?? "")));
            await using var reader = await statements.ReadAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                _ids[Read(reader, 1)] = reader.GetInt32(0);
            }
        }
    }
}
