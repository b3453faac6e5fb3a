using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>
/// Finds facts by whichever way is short: a contact's trail, a journey's index (in order of time, then sequence), the marks of an
/// actor, a reason or a kind, or the ledger itself in its order.
/// </summary>
internal static class FactSearch
{
    private const string Trail =
        "trail CROSS JOIN fact ON fact.sequence BETWEEN trail.first_sequence AND trail.last_sequence AND fact.contact = trail.contact";

    private const string Marks = "mark CROSS JOIN fact ON fact.sequence BETWEEN mark.first_sequence AND mark.last_sequence";

    public static IReadOnlyList<LedgerRow> Run(StoreReader reader, FactQuery query)
    {
        var search = new SearchText()
            .Where("fact.journey = ?", Name(query.Journey))
            .Where("fact.ordinal = ?", query.Ordinal)
            .Where("fact.step = ?", Name(query.Step))
            .Where("fact.kind = ?", Name(query.Kind))
            .Where("fact.reason = ?", Name(query.Reason))
            .Where("fact.actor = ?", Name(query.Actor))
            .Where("fact.at >= ?", query.From)
            .Where("fact.at < ?", query.To);
        var direction = query.NewestFirst ? "DESC" : "ASC";
        var (source, order) = ("fact", $"fact.sequence {direction}");
        if (query.Contact is not null)
        {
            search
                .Where("trail.contact = ?", query.Contact).Where("trail.last_sequence > ?", query.After).Where("trail.first_sequence < ?", query.Before)
                .Where("fact.sequence > ?", query.After).Where("fact.sequence < ?", query.Before);
            (source, order) = (Trail, $"trail.first_sequence {direction}, fact.sequence {direction}");
        }
        else if (query.Journey is not null)
        {
            search
                .Where("(fact.at, fact.sequence) > (coalesce((SELECT at FROM fact WHERE sequence = ?), 0), ?)", query.After)
                .Where("(fact.at, fact.sequence) < (coalesce((SELECT at FROM fact WHERE sequence = ?), 9e15), ?)", query.Before);
            order = $"fact.at {direction}, fact.sequence {direction}";
        }
        else
        {
            search.Where("fact.sequence > ?", query.After).Where("fact.sequence < ?", query.Before);
            if (Rarest(query) is var (what, name))
            {
                search
                    .Where("mark.what = ?", what).Where("mark.name = ?", Name(name))
                    .Where("mark.last_sequence > ?", query.After).Where("mark.first_sequence < ?", query.Before);
                (source, order) = (Marks, $"mark.first_sequence {direction}, fact.sequence {direction}");
            }
        }
        var rows = new List<LedgerRow>();
        var row = search.Prepare(reader.Database, "facts", query.Limit, source, order);
        while (row.Step())
        {
            rows.Add(RecordRows.Fact(reader, row));
        }
        return rows;

        object? Name(string? text) => text is null ? null : reader.Names.Find(text);
    }

    /// <summary>The narrowest of what was asked for: people act seldom, and a reason belongs to few kinds.</summary>
    private static (MarkOf What, string Name)? Rarest(FactQuery query) =>
        query.Actor is { } actor ? (MarkOf.Actor, actor)
        : query.Reason is { } reason ? (MarkOf.Reason, reason)
        : query.Kind is { } kind ? (MarkOf.Kind, kind)
        : null;
}
