using Automation.Runtime.Ports;
using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>How many facts there were of each key.</summary>
internal static class PostgresTallySearch
{
    public static NpgsqlCommand Command(NpgsqlConnection connection, TallyQuery query)
    {
        var search = new PostgresSearch();
        var hours = search.Where("hour >= ?", (int?)TallyHours.Of(query.From)).Where("hour < ?", (int?)TallyHours.After(query.To)).Take();
        return Filter(search, query.Kind, query.Reason, query.Journey, query.Step, query.Channel, query.Account)
            .Command(connection, "tallies", int.MaxValue, "", ("{hours}", hours));
    }

    public static PostgresSearch Filter(
        PostgresSearch search, string? kind, string? reason, string? journey, string? step, string? channel, string? account) => search
        .Where("tally_key.kind = ?", kind).Where("tally_key.reason = ?", TallyKey.ReasonOf(reason)).Where("tally_key.journey = ?", journey)
        .Where("tally_key.step = ?", step).Where("tally_key.channel = ?", channel).Where("tally_key.account = ?", account);
}
