using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>
/// Facts in the order of their times, by the keys that the filters leave: of each key the first few in the index, and of those the
/// first of all. What is read grows with the keys and the page, and not with the ledger.
/// </summary>
internal static class FactsByKey
{
    /// <summary>With more keys than these nearly every fact matches, and reading the ledger in its order is the shorter way.</summary>
    private const int KeysMax = 2_000;

    /// <returns>Null where another way is shorter.</returns>
    public static IReadOnlyList<LedgerRow>? Run(StoreReader reader, FactQuery query)
    {
        if (query is { Kind: null, Reason: null, Journey: null, Step: null, Channel: null, Account: null, From: null, To: null })
        {
            return null;
        }
        var keys = TallyRows.Keys(reader, query, KeysMax);
        if (keys.Count > KeysMax)
        {
            return null;
        }
        var (after, before) = (TimeOf(reader, query.After, 0), TimeOf(reader, query.Before, long.MaxValue));
        var places = new List<(long At, long Sequence)>();
        foreach (var key in keys)
        {
            Collect(reader, query, key, after, before, places);
        }
        return [.. places.Take(query.Limit).Select(place => Fact(reader, place.Sequence))];
    }

    private static void Collect(StoreReader reader, FactQuery query, long key, long? after, long? before, List<(long At, long Sequence)> to)
    {
        var direction = query.NewestFirst ? "DESC" : "ASC";
        var row = Search(reader, query, key)
            .Where("(fact.at, fact.sequence) > (?, {0})", after, query.After)
            .Where("(fact.at, fact.sequence) < (?, {0})", before, query.Before)
            .Prepare(reader.Database, "fact_places", query.Limit, "", $"fact.at {direction}, fact.sequence {direction}");
        // Where earlier keys have filled the page, nothing counts but what comes before its last: most keys are left after one row.
        (long, long)? last = to.Count == query.Limit ? to[^1] : null;
        while (row.Step())
        {
            var place = (row.Long(0), row.Long(1));
            if (last is { } end && !IsBefore(place, end, query.NewestFirst))
            {
                row.Reset();
                break;
            }
            to.Add(place);
        }
        to.Sort(query.NewestFirst ? static (x, y) => y.CompareTo(x) : static (x, y) => x.CompareTo(y));
        if (to.Count > query.Limit)
        {
            to.RemoveRange(query.Limit, to.Count - query.Limit);
        }
    }

    private static bool IsBefore((long At, long Sequence) one, (long At, long Sequence) other, bool newestFirst) =>
        newestFirst ? one.CompareTo(other) > 0 : one.CompareTo(other) < 0;

    // Where the key says all that was asked for, the index alone answers.
    private static SearchText Search(StoreReader reader, FactQuery query, long key)
    {
        var isAllInKey = query is { Ordinal: null, Message: null, Text: null } && TallyKey.ReasonOf(query.Reason) == query.Reason;
        var search = isAllInKey
            ? new SearchText().Where("fact.at >= ?", query.From).Where("fact.at < ?", query.To)
            : FactSearch.Filters(reader, query);
        return search.Where("fact.tally = ?", key);
    }

    private static long? TimeOf(StoreReader reader, long? place, long otherwise)
    {
        if (place is not { } sequence)
        {
            return null;
        }
        var row = reader.Query("fact_by_sequence").Bind(1, sequence);
        var at = row.Step() ? row.Long(1) : otherwise;
        row.Reset();
        return at;
    }

    private static LedgerRow Fact(StoreReader reader, long sequence)
    {
        var row = reader.Query("fact_by_sequence").Bind(1, sequence);
        row.Step();
        var fact = RecordRows.Fact(reader, row);
        row.Reset();
        return fact;
    }
}
