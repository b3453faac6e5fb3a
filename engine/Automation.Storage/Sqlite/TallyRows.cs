using System.Runtime.InteropServices;
using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>Reads keys and counts of facts.</summary>
internal static class TallyRows
{
    public static TallyKey Key(SqliteStatement row, int column) =>
        new(row.Text(column), Part(row, column + 1), Part(row, column + 2), Part(row, column + 3), Part(row, column + 4), Part(row, column + 5));

    /// <summary>Summed here, by number, and joined with what the numbers stand for only then: a day has tens of thousands of counts.</summary>
    public static List<TallyCount> Counts(StoreReader reader, TallyQuery query)
    {
        var keys = new Dictionary<long, TallyKey>();
        var key = Filter(new SearchText(), query.Kind, query.Reason, query.Journey, query.Step, query.Channel, query.Account)
            .Prepare(reader.Database, "tally_key_parts", -1);
        while (key.Step())
        {
            keys.Add(key.Long(0), Key(key, 1));
        }
        var sums = new Dictionary<long, long>(keys.Count);
        var row = new SearchText()
            .Where("tally.hour >= ?", TallyHours.Of(query.From))
            .Where("tally.hour < ?", TallyHours.After(query.To))
            .Prepare(reader.Database, "tallies", -1);
        while (row.Step())
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sums, row.Long(0), out _) += row.Long(1);
        }
        return [.. sums.Where(sum => keys.ContainsKey(sum.Key)).Select(sum => new TallyCount(keys[sum.Key], sum.Value))];
    }

    /// <summary>The keys of facts that may match; more than <paramref name="most"/> is told by one more.</summary>
    public static List<long> Keys(StoreReader reader, FactQuery query, int most)
    {
        var row = Filter(new SearchText(), query.Kind, query.Reason, query.Journey, query.Step, query.Channel, query.Account)
            .Prepare(reader.Database, "tally_keys", most + 1);
        var keys = new List<long>();
        while (row.Step())
        {
            keys.Add(row.Long(0));
        }
        return keys;
    }

    private static SearchText Filter(SearchText search, string? kind, string? reason, string? journey, string? step, string? channel, string? account) =>
        search
            .Where("tally_key.kind = ?", kind).Where("tally_key.reason = ?", TallyKey.ReasonOf(reason)).Where("tally_key.journey = ?", journey)
            .Where("tally_key.step = ?", step).Where("tally_key.channel = ?", channel).Where("tally_key.account = ?", account);

    private static string? Part(SqliteStatement row, int column) => row.Text(column) is { Length: > 0 } text ? text : null;
}
