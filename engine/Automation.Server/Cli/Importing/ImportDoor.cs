using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Automation.Server.Hosting;
using Automation.Server.Ingest;

namespace Automation.Server.Cli.Importing;

/// <summary>Where rows go.</summary>
internal interface IImportDoor : IAsyncDisposable
{
    /// <summary>Rows in one call.</summary>
    int RowsMax { get; }

    Task<IntakeResult> TakeAsync(IReadOnlyList<IntakeRow> rows, bool live, CancellationToken cancellation);

    /// <summary>Says in the ledger what was imported.</summary>
    Task FinishAsync(string what, long rows, long rejected, CancellationToken cancellation);
}

/// <summary>Into the store of a data directory, with the engine's own loop and no server. Nothing is sent from here.</summary>
internal sealed class DirectDoor : IImportDoor
{
    private readonly EmbeddedEngine _engine;

    private DirectDoor(EmbeddedEngine engine) => _engine = engine;

    public int RowsMax => 1_000;

    public static async Task<DirectDoor> OpenAsync(string data, CancellationToken cancellation)
    {
        // The journeys are needed even for history: a contact's next deadline follows from what is published.
        return new DirectDoor(await OfflineEngine.OpenAsync(data, cancellation));
    }

    public Task<IntakeResult> TakeAsync(IReadOnlyList<IntakeRow> rows, bool live, CancellationToken cancellation) =>
        HistoryIntake.TakeAsync(_engine.Host, rows, live, cancellation);

    public Task FinishAsync(string what, long rows, long rejected, CancellationToken cancellation) =>
        HistoryIntake.RecordAsync(_engine.Host, what, rows, rejected, "command line", cancellation);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}

/// <summary>Over HTTP, into a server that runs.</summary>
internal sealed class HttpDoor(string server, string key) : IImportDoor
{
    private static readonly MediaTypeHeaderValue Lines = new("application/x-ndjson");

    private readonly ServerClient _server = new(server, key);

    public int RowsMax => 500;

    public async Task<IntakeResult> TakeAsync(IReadOnlyList<IntakeRow> rows, bool live, CancellationToken cancellation)
    {
        using var body = new ReadOnlyMemoryContent(Body(rows));
        body.Headers.ContentType = Lines;
        return Read(await _server.AskAsync(HttpMethod.Post, live ? "/api/import?live=true" : "/api/import", body, cancellation));
    }

    // The server tells the ledger with each call.
    public Task FinishAsync(string what, long rows, long rejected, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ReadOnlyMemory<byte> Body(IReadOnlyList<IntakeRow> rows)
    {
        var bytes = new ArrayBufferWriter<byte>(rows.Count * 256);
        foreach (var row in rows)
        {
            using (var to = new Utf8JsonWriter(bytes))
            {
                to.WriteStartObject();
                to.WriteString("id", row.FallbackId);
                to.WritePropertyName("call");
                to.WriteRawValue(row.Json);
                to.WriteEndObject();
            }
            bytes.Write("\n"u8);
        }
        return bytes.WrittenMemory;
    }

    private static IntakeResult Read(JsonElement answer) => new(
        answer.GetProperty("accepted").GetInt32(),
        answer.GetProperty("duplicates").GetInt32(),
        [.. answer.GetProperty("rejected").EnumerateArray().Select(one => (
            one.GetProperty("row").GetInt32(),
            new IngestProblem(one.GetProperty("code").GetString()!, one.GetProperty("pointer").GetString()!, one.GetProperty("message").GetString()!)))]);
}
