using Automation.Runtime.Ports;
using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>
/// Finds facts in order of time, then place. A place bounds a page by the time of its fact, so that pages go on across partitions.
/// </summary>
internal static class PostgresFactSearch
{
    private const string TimeOf = "coalesce((SELECT at FROM fact WHERE sequence = ?), {0})";

    public static NpgsqlCommand Command(NpgsqlConnection connection, FactQuery query)
    {
        var direction = query.NewestFirst ? "DESC" : "ASC";
        return new PostgresSearch()
            .Where("contact = ?", query.Contact)
            .Where("journey = ?", query.Journey)
            .Where("ordinal = ?", query.Ordinal)
            .Where("step = ?", query.Step)
            .Where("kind = ?", query.Kind)
            .Where("reason = ?", query.Reason)
            .Where("actor = ?", query.Actor)
            .Where("at >= ?", query.From)
            .Where("at < ?", query.To)
            .Where($"(at, sequence) > ({TimeOf.Replace("{0}", "0", StringComparison.Ordinal)}, ?)", query.After)
            .Where($"(at, sequence) < ({TimeOf.Replace("{0}", "9000000000000000", StringComparison.Ordinal)}, ?)", query.Before)
            .Command(connection, "facts", query.Limit, $"at {direction}, sequence {direction}");
    }
}
