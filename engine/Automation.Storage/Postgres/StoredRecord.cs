using System.Text;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;
using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>A row of events or of facts, in the column order of <c>events_between</c> and <c>facts_between</c>.</summary>
internal abstract record StoredRecord(long Key, long Contact, byte[] Details)
{
    public abstract LedgerRecord Read(long revision);
}

internal sealed record StoredEvent(
    long Key, long Contact, Guid Id, short Type, string Name, long OccurredAt, long ReceivedAt, byte[] Details) : StoredRecord(Key, Contact, Details)
{
    public static StoredEvent Of(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetGuid(2), row.GetInt16(3), row.GetString(4), row.GetInt64(5), row.GetInt64(6), row.GetFieldValue<byte[]>(7));

    public ContactEvent Event => EventJson.ReadDetails(
        Details, Id.ToString(), (EventType)Type, Name, Instant.FromUnixTimeMilliseconds(OccurredAt), Instant.FromUnixTimeMilliseconds(ReceivedAt));

    public override LedgerRecord Read(long revision) =>
        new(RowKey.Sequence(Key), Contact, new RecordedEvent(RowKey.Sequence(Key), Contact, Event), null, revision);
}

internal sealed record StoredFact(
    long Key, long At, long Contact, byte[] Cause, string Kind, string? Journey, int? Version, int? Ordinal, string? Step, string? Reason,
    string? Actor, byte[] Details) : StoredRecord(Key, Contact, Details)
{
    public static StoredFact Of(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3), row.GetString(4), Text(row, 5), Number(row, 6),
        Number(row, 7), Text(row, 8), Text(row, 9), Text(row, 10), row.GetFieldValue<byte[]>(11));

    public LedgerRow Row => new(
        RowKey.Partition(Key), RowKey.Sequence(Key), Instant.FromUnixTimeMilliseconds(At), Contact, Journey, Version, Ordinal, Step, Kind, Reason,
        CauseText.ToString(), Actor, Encoding.UTF8.GetString(Details));

    private StoredCause CauseText => StoredCause.FromEither(Cause);

    public override LedgerRecord Read(long revision)
    {
        var header = new FactHeader(Kind, Journey, Version, Ordinal, Step, Reason, Actor);
        var recorded = new RecordedFact(
            RowKey.Sequence(Key), Contact, Instant.FromUnixTimeMilliseconds(At), CauseText.ToString(), FactJson.ReadDetails(header, Details));
        return new LedgerRecord(recorded.Sequence, Contact, null, recorded, revision);
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static int? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
