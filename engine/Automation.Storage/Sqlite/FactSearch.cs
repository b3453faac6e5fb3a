using Automation.Runtime.Ports;

namespace Automation.Storage.Sqlite;

/// <summary>
/// Finds facts by whichever way is short: a contact's trail, an actor's marks, the index by key (<see cref="FactsByKey"/>), or the ledger
/// itself in its order. None of them reads more the longer the ledger is.
/// </summary>
internal static class FactSearch
{
    private const string Trail =
        "trail CROSS JOIN fact ON fact.sequence BETWEEN trail.first_sequence AND trail.last_sequence AND fact.contact = trail.contact";

    private const string Marks = "mark CROSS JOIN fact ON fact.sequence BETWEEN mark.first_sequence AND mark.last_sequence";

    public static IReadOnlyList<LedgerRow> Run(StoreReader reader, FactQuery query)
    {
        if (query.Contact is null && query.Actor is null && FactsByKey.Run(reader, query) is { } found)
        {
            return found;
        }
        var search = Prepare(reader, query, out var source, out var order);
        var rows = new List<LedgerRow>();
        var row = search.Prepare(reader.Database, "facts", query.Limit, source, order);
        while (row.Step())
        {
            rows.Add(RecordRows.Fact(reader, row));
        }
        return rows;
    }

    /// <summary>Every filter that a fact's own row answers.</summary>
    public static SearchText Filters(StoreReader reader, FactQuery query)
    {
        return new SearchText()
            .Where("fact.journey = ?", Name(query.Journey))
            .Where("fact.ordinal = ?", query.Ordinal)
            .Where("fact.step = ?", Name(query.Step))
            .Where("fact.kind = ?", Name(query.Kind))
            .Where("fact.reason = ?", Name(query.Reason))
            .Where("fact.actor = ?", Name(query.Actor))
            .Where("fact.at >= ?", query.From)
            .Where("fact.at < ?", query.To)
            .Where("json_extract(fact.details, '$.channel') = ?", query.Channel)
            .Where("json_extract(fact.details, '$.account') = ?", query.Account)
            .Where("json_extract(fact.details, '$.message') = ?", query.Message?.ToString())
            .Where("instr(fact.details, ?) > 0", query.Text);

        object? Name(string? text) => text is null ? null : reader.Names.Find(text);
    }

    private static SearchText Prepare(StoreReader reader, FactQuery query, out string source, out string order)
    {
        var search = Filters(reader, query).Where("fact.sequence > ?", query.After).Where("fact.sequence < ?", query.Before);
        var direction = query.NewestFirst ? "DESC" : "ASC";
        (source, order) = ("fact", $"fact.sequence {direction}");
        if (query is { Contact: null, Actor: null } && (query.From is not null || query.To is not null))
        {
            // The index by time has them in this order; by their places, everything after the stretch would be read first.
            (source, order) = ("fact INDEXED BY fact_at", $"fact.at {direction}, fact.sequence {direction}");
            return search;
        }
        if (query.Contact is not null)
        {
            search.Where("trail.contact = ?", query.Contact).Where("trail.last_sequence > ?", query.After).Where("trail.first_sequence < ?", query.Before);
            (source, order) = (Trail, $"trail.first_sequence {direction}, fact.sequence {direction}");
        }
        else if (query.Actor is { } actor)
        {
            search
                .Where("mark.what = ?", MarkOf.Actor).Where("mark.name = ?", reader.Names.Find(actor))
                .Where("mark.last_sequence > ?", query.After).Where("mark.first_sequence < ?", query.Before);
            (source, order) = (Marks, $"mark.first_sequence {direction}, fact.sequence {direction}");
        }
        return search;
    }
}
