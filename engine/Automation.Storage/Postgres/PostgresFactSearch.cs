using Automation.Runtime.Ports;
using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>
/// Finds facts in order of time, then place, by the index of a contact, of an actor, or of the keys that the other filters leave.
/// A place bounds a page by the time of its fact, so that pages go on across partitions.
/// </summary>
internal static class PostgresFactSearch
{
    private const string TimeOf = "coalesce((SELECT at FROM fact WHERE sequence = ?), {0})";

    public static NpgsqlCommand Command(NpgsqlConnection connection, FactQuery query)
    {
        var direction = query.NewestFirst ? "DESC" : "ASC";
        var search = new PostgresSearch();
        if (query.Contact is not null || query.Actor is not null)
        {
            return Filter(search, query)
                .Where("contact = ?", query.Contact)
                .Where("journey = ?", query.Journey)
                .Where("step = ?", query.Step)
                .Where("kind = ?", query.Kind)
                .Where("actor = ?", query.Actor)
                .Where("details::json ->> 'channel' = ?", query.Channel)
                .Where("details::json ->> 'account' = ?", query.Account)
                .Where("reason = ?", query.Reason)
                .Command(connection, "facts", query.Limit, $"at {direction}, sequence {direction}");
        }
        var keys = PostgresTallySearch.Filter(
            search, query.Kind, query.Reason, query.Journey, query.Step, query.Channel, query.Account).Take();
        Filter(search, query);
        if (TallyKey.ReasonOf(query.Reason) != query.Reason)
        {
            search.Where("reason = ?", query.Reason);
        }
        return search.Command(
            connection, "facts_by_key", query.Limit, $"fact.at {direction}, fact.sequence {direction}",
            ("{key_filters}", keys), ("{order_of_hits}", $"hit.at {direction}, hit.sequence {direction}"));
    }

    // What no key says.
    private static PostgresSearch Filter(PostgresSearch search, FactQuery query) => search
        .Where("ordinal = ?", query.Ordinal)
        .Where("details::json ->> 'message' = ?", query.Message?.ToString())
        .Where("position(? IN details) > 0", query.Text)
        .Where("at >= ?", query.From)
        .Where("at < ?", query.To)
        .Where($"(at, sequence) > ({TimeOf.Replace("{0}", "0", StringComparison.Ordinal)}, ?)", query.After)
        .Where($"(at, sequence) < ({TimeOf.Replace("{0}", "9000000000000000", StringComparison.Ordinal)}, ?)", query.Before);
}
