using System.Text;
using System.Text.Json;
using Automation.Runtime.Loop;
using Automation.Server.Ingest;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>The import of contacts and of their past, for the command line and for other systems that move in.</summary>
internal static class ImportApi
{
    private const int RowsMax = 5_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/api/import").WithTags("import");
        imports.MapPost("", TakeAsync).Needs(Permission.Configure).WithName("import_rows")
            .WithSummary("Rows of {\"id\", \"call\"}, one a line, each a call of the tracking API. They count as history and start nothing, unless live=true.")
            .Accepts<string>("application/x-ndjson", "application/json");
    }

    private static async Task<ImportAnswer> TakeAsync(HttpContext context, IEngine engine, bool? live, CancellationToken cancellation)
    {
        var rows = new List<IntakeRow>();
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (rows.Count == RowsMax)
            {
                throw ApiException.BadRequest("too_many", $"Expected at most {RowsMax} rows, but found more.");
            }
            if (line.Length > 0)
            {
                rows.Add(Row(line, rows.Count));
            }
        }
        var result = await HistoryIntake.TakeAsync(engine, rows, live ?? false, cancellation);
        await HistoryIntake.RecordAsync(engine, "rows", result.Accepted, result.Problems.Count, context.Actor(), cancellation);
        return new ImportAnswer(
            result.Accepted, result.Duplicates,
            [.. result.Problems.Select(one => new RejectedRow(one.Row, one.Problem.Code, one.Problem.Pointer, one.Problem.Message))]);
    }

    private static IntakeRow Row(string line, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var id = document.RootElement.GetProperty("id").GetString();
            return new IntakeRow(Encoding.UTF8.GetBytes(document.RootElement.GetProperty("call").GetRawText()), id ?? "");
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw ApiException.BadRequest("malformed_row", $"Expected an object with id and call in row {number}, but found something else.");
        }
    }

    /// <param name="Rejected">Rows that are no events, by their place from 0.</param>
    internal sealed record ImportAnswer(int Accepted, int Duplicates, IReadOnlyList<RejectedRow> Rejected);

    internal sealed record RejectedRow(int Row, string Code, string Pointer, string Message);
}
