using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Server.Telling;
using CsvHelper;

namespace Automation.Server.Api;

/// <summary>
/// All facts that match, page by page, so that their number does not matter. Each line begins with the fact's place; an export that was broken
/// off goes on with <c>after</c> = the place of its last whole line, and the two parts are the bytes of one.
/// </summary>
internal static class AuditExport
{
    public static async Task WriteAsync(
        HttpContext context, ILedgerStore ledger, [AsParameters] AuditApi.FactFilter filter, string? format, CancellationToken cancellation)
    {
        var isTable = format switch
        {
            null or "ndjson" => false,
            "csv" => true,
            _ => throw ApiException.BadRequest("bad_format", "Expected the format ndjson or csv, but found another."),
        };
        var query = await filter.QueryAsync(ledger, cancellation) with { NewestFirst = false, Limit = Paging.LimitMax };
        context.Response.ContentType = isTable ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
        var body = context.Response.BodyWriter;
        if (isTable && query.After is null)
        {
            body.Write(Encoding.UTF8.GetBytes(Table(FactTable.WriteHeads)));
        }
        await using var to = new Utf8JsonWriter(body, JsonFields.Options);
        while (true)
        {
            var rows = await ledger.FactsAsync(query, cancellation);
            if (isTable)
            {
                body.Write(Encoding.UTF8.GetBytes(Table(csv =>
                {
                    foreach (var row in rows)
                    {
                        FactTable.Write(csv, row);
                    }
                })));
            }
            foreach (var row in isTable ? [] : rows)
            {
                FactAnswer.Write(to, row);
                to.Flush();
                to.Reset();
                body.Write("\n"u8);
            }
            await body.FlushAsync(cancellation);
            if (rows.Count < query.Limit)
            {
                return;
            }
            query = query with { After = rows[^1].Place };
        }
    }

    private static string Table(Action<CsvWriter> write)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            write(csv);
        }
        return text.ToString();
    }
}
