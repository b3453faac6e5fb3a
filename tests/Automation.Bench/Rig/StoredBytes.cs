using Npgsql;

namespace Automation.Bench.Rig;

/// <summary>What a row takes on PostgreSQL's disk, with its indexes and the room that updates left: the arithmetic of sizing starts here.</summary>
internal static class StoredBytes
{
    private static readonly (string What, string Rows, string[] Tables)[] Kinds =
    [
        ("a contact with its identity", "contact", ["contact", "identity"]),
        ("an event with its key", "event", ["event", "event_key"]),
        ("a fact", "fact", ["fact"]),
        ("an enrollment", "enrollment", ["enrollment"]),
    ];

    public static async Task<IReadOnlyList<Figure>> OfAsync(string connectionString, string scenario)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var figures = new List<Figure>();
        foreach (var (what, rows, tables) in Kinds)
        {
            // A table in periods has its bytes in its parts.
            await using var command = source.CreateCommand($"""
                SELECT (SELECT sum(pg_total_relation_size(name::regclass) + coalesce(
                    (SELECT sum(pg_total_relation_size(part.relid)) FROM pg_partition_tree(name::regclass) AS part WHERE part.level > 0), 0))
                  FROM unnest(@tables) AS whole (name)) / (SELECT count(*) FROM {rows})
                """);
            command.Parameters.AddWithValue("tables", tables);
            figures.Add(new Figure(scenario, $"on disk: {what}", (double)(decimal)(await command.ExecuteScalarAsync())!, "bytes"));
        }
        return figures;
    }
}
