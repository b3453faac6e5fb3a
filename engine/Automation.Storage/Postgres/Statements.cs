using Npgsql;
using NpgsqlTypes;

namespace Automation.Storage.Postgres;

/// <summary>Statements that go to the server together: one round trip, one transaction, whole or not at all.</summary>
internal sealed class Statements : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch;

    public Statements(NpgsqlConnection connection) => _batch = new NpgsqlBatch(connection);

    public int Count => _batch.BatchCommands.Count;

    /// <summary>Adds a query of <c>Queries/</c> and returns its place.</summary>
    public int Add(string query, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(PostgresSql.Query(query));
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }
        _batch.BatchCommands.Add(command);
        return Count - 1;
    }

    public Task<int> RunAsync(CancellationToken cancellation) => _batch.ExecuteNonQueryAsync(cancellation);

    public Task<NpgsqlDataReader> ReadAsync(CancellationToken cancellation) => _batch.ExecuteReaderAsync(cancellation);

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlParameter OfOptional(long? value) =>
        value is { } known ? Of(known) : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter OfOptional(int? value) =>
        value is { } known ? Of(known) : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter OfOptional(string? value) =>
        new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    /// <summary>Bytes that are UTF-8 already: the server takes them as they are.</summary>
    public static NpgsqlParameter Texts(List<ReadOnlyMemory<byte>> utf8) =>
        new NpgsqlParameter<List<ReadOnlyMemory<byte>>> { TypedValue = utf8, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public static NpgsqlParameter Bytes(List<ReadOnlyMemory<byte>> bytes) =>
        new NpgsqlParameter<List<ReadOnlyMemory<byte>>> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
}
