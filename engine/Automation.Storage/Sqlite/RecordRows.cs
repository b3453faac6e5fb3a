using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;

namespace Automation.Storage.Sqlite;

/// <summary>Reads rows of events and facts, as records or as the lines that seals cover.</summary>
internal static class RecordRows
{
    public static LedgerRow Fact(StoreReader reader, SqliteStatement row)
    {
        var names = Names(reader, row);
        return new LedgerRow(
            RowKey.Partition(row.Long(0)), RowKey.Sequence(row.Long(0)), row.Time(1), row.Long(2), names.Journey?.Text, row.OptionalInt(6),
            row.OptionalInt(7), names.Step?.Text, names.Kind.Text, names.Reason?.Text, Cause(row).ToString(), names.Actor?.Text, row.Text(11));
    }

    public static RecordedFact RecordedFact(StoreReader reader, SqliteStatement row)
    {
        var names = Names(reader, row);
        var header = new FactHeader(
            names.Kind.Text, names.Journey?.Text, row.OptionalInt(6), row.OptionalInt(7), names.Step?.Text, names.Reason?.Text, names.Actor?.Text);
        return new RecordedFact(
            RowKey.Sequence(row.Long(0)), row.Long(2), row.Time(1), Cause(row).ToString(), FactJson.ReadDetails(header, row.Bytes(11).ToArray()));
    }

    public static RecordedEvent RecordedEvent(StoreReader reader, SqliteStatement row) =>
        new(RowKey.Sequence(row.Long(0)), row.Long(1), EventJson.ReadDetails(
            row.Bytes(7).ToArray(), row.Id(2).ToString(), (EventType)row.Int(3), reader.Names.Read(row, 4).Text, row.Time(5), row.Time(6)));

    public static void AppendFacts(LineLane to, StoreReader reader, long after, long last, long most)
    {
        var row = reader.Query("facts_between").Bind(1, after).Bind(2, last).Bind(3, most);
        while (row.Step())
        {
            var key = row.Long(0);
            RecordLine.AppendFact(
                to.Lines, RowKey.Sequence(key), row.Long(2), row.Long(1), Cause(row), Names(reader, row), row.OptionalLong(6), row.OptionalLong(7),
                row.Bytes(11));
            to.EndLine(key);
        }
    }

    public static void AppendEvents(LineLane to, StoreReader reader, long after, long last, long most)
    {
        var row = reader.Query("events_between").Bind(1, after).Bind(2, last).Bind(3, most);
        while (row.Step())
        {
            var key = row.Long(0);
            RecordLine.AppendEvent(
                to.Lines, RowKey.Sequence(key), row.Long(1), row.Id(2), EventTypes.Name(row.Long(3)), reader.Names.Read(row, 4), row.Long(5),
                row.Long(6), row.Bytes(7));
            to.EndLine(key);
        }
    }

    private static FactNames Names(StoreReader reader, SqliteStatement row) => new(
        reader.Names.Read(row, 4), reader.Names.ReadOptional(row, 5), reader.Names.ReadOptional(row, 8), reader.Names.ReadOptional(row, 9),
        reader.Names.ReadOptional(row, 10));

    private static StoredCause Cause(SqliteStatement row) =>
        row.IsBlob(3) ? StoredCause.FromBytes(row.Bytes(3)) : StoredCause.FromText(row.Bytes(3));
}
