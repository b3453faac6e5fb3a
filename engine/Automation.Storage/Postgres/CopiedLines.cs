using System.Globalization;
using Automation.Storage.Ledger;
using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>Streams events and facts out of the server and turns each row into its line.</summary>
internal sealed class CopiedLines
{
    private readonly CopiedRows _row = new();
    private readonly NameCache _names = new();

    public async Task AppendAsync(SealedPage to, NpgsqlConnection connection, long after, long last, CancellationToken cancellation)
    {
        await ReadAsync(connection, "events_between", after, last, to.RowsMost, () => AppendEvent(to.Events), cancellation);
        await ReadAsync(connection, "facts_between", after, last, to.RowsMost, () => AppendFact(to.Facts), cancellation);
    }

    private async Task ReadAsync(
        NpgsqlConnection connection, string query, long after, long last, long most, Action each, CancellationToken cancellation)
    {
        // COPY takes no parameters; these are numbers.
        var rows = PostgresSql.Query(query).Replace("$1", Text(after), StringComparison.Ordinal)
            .Replace("$2", Text(last), StringComparison.Ordinal).Replace("$3", Text(most), StringComparison.Ordinal);
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY ({rows}) TO STDOUT (FORMAT BINARY)", cancellation);
        _row.Read(stream, each);
    }

    private void AppendEvent(LineLane to)
    {
        var key = _row.Long(0);
        RecordLine.AppendEvent(
            to.Lines, RowKey.Sequence(key), _row.Long(1), _row.Id(2), EventTypes.Name(_row.Short(3)), _names.Of(_row.Bytes(4)), _row.Long(5),
            _row.Long(6), _row.Bytes(7));
        to.EndLine(key);
    }

    private void AppendFact(LineLane to)
    {
        var key = _row.Long(0);
        var names = new FactNames(_names.Of(_row.Bytes(4)), Name(5), Name(8), Name(9), Name(10));
        RecordLine.AppendFact(
            to.Lines, RowKey.Sequence(key), _row.Long(2), _row.Long(1), StoredCause.FromEither(_row.Bytes(3)), names, Number(6), Number(7),
            _row.Bytes(11));
        to.EndLine(key);
    }

    private StoredName? Name(int column) => _row.IsNull(column) ? null : _names.Of(_row.Bytes(column));

    private long? Number(int column) => _row.IsNull(column) ? null : _row.Int(column);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
