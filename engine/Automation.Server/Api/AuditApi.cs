using System.Buffers;
using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>Reading the ledger: by filter, as a stream, and the proof that it is whole.</summary>
internal static class AuditApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/audit").WithTags("audit");
        audit.MapGet("", ListAsync).Needs(Permission.Read).WithName("audit_list")
            .WithSummary("Facts that match, newest first; page on with before, or with order=oldest and after.");
        audit.MapGet("export", ExportAsync).Needs(Permission.Read).WithName("audit_export")
            .WithSummary("Every fact that matches, oldest first, one JSON object a line.")
            .Produces(200, contentType: "application/x-ndjson");
        audit.MapGet("verify", VerifyAsync).Needs(Permission.Read).WithName("audit_verify")
            .WithSummary("Recomputes the chain of seals and names the first broken row.");
        audit.MapGet("kinds", () => new FactKindsAnswer(FactJson.KindNames)).Needs(Permission.Read).WithName("audit_kinds")
            .WithSummary("The names of all kinds of facts.");
    }

    private static async Task<FactsAnswer> ListAsync(
        ILedgerStore ledger, [AsParameters] FactFilter filter, int? limit, string? order, CancellationToken cancellation)
    {
        var newestFirst = order switch
        {
            null or "newest" => filter.After is null,
            "oldest" => false,
            _ => throw ApiException.BadRequest("bad_order", "Expected the order newest or oldest, but found another."),
        };
        var query = await filter.QueryAsync(ledger, cancellation);
        var rows = await ledger.FactsAsync(query with { Limit = Paging.Limit(limit), NewestFirst = newestFirst }, cancellation);
        return new FactsAnswer([.. rows.Select(FactAnswer.Of)], rows.Count == Paging.Limit(limit) ? rows[^1].Place : null);
    }

    private static async Task ExportAsync(
        HttpContext context, ILedgerStore ledger, [AsParameters] FactFilter filter, CancellationToken cancellation)
    {
        var query = await filter.QueryAsync(ledger, cancellation) with { NewestFirst = false, Limit = Paging.LimitMax };
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        var body = context.Response.BodyWriter;
        await using var to = new Utf8JsonWriter(body, JsonFields.Options);
        while (true)
        {
            var rows = await ledger.FactsAsync(query, cancellation);
            foreach (var row in rows)
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

    private static async Task<VerifyAnswer> VerifyAsync(ILedgerStore ledger, CancellationToken cancellation)
    {
        var all = new VerifyAnswer(true, 0, 0, 0, null, null, null, null);
        for (var partition = 0; partition < ledger.Partitions && all.Intact; partition++)
        {
            var one = await ledger.VerifyAsync(partition, null, cancellation);
            all = new VerifyAnswer(
                one.Intact, all.Facts + one.Facts, all.Events + one.Events, all.Seals + one.Seals, one.BrokenSequence, one.Problem,
                one.Intact ? null : partition, Later(all.DroppedBefore, one.DroppedBefore?.ToDateTimeOffset()));
        }
        return all;
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one > other ? one : other ?? one;

    /// <summary>Filters of the ledger; what is left out matches everything.</summary>
    internal sealed record FactFilter(
        string? Contact, string? Journey, int? Ordinal, string? Step, string? Kind, string? Reason, string? Actor, string? From, string? To,
        long? After, long? Before)
    {
        public async ValueTask<FactQuery> QueryAsync(ILedgerStore ledger, CancellationToken cancellation)
        {
            if (Kind is not null && !FactJson.KindNames.Contains(Kind))
            {
                throw ApiException.BadRequest("unknown_kind", "Expected a kind of fact that there is (see /api/audit/kinds), but found another.");
            }
            return new FactQuery(
                await Paging.ContactAsync(ledger, Contact, cancellation), Journey, Ordinal, Step, Kind, Reason, Actor,
                Paging.Time("from", From), Paging.Time("to", To), After, Before);
        }
    }

    /// <param name="Next">Where the next page begins (as <c>before</c>, or <c>after</c> for the oldest first); null at the end.</param>
    internal sealed record FactsAnswer(IReadOnlyList<FactAnswer> Facts, long? Next);

    internal sealed record FactKindsAnswer(IReadOnlyList<string> Kinds);

    /// <param name="BrokenPartition">Where the broken record stands; each partition has a chain of its own.</param>
    /// <param name="DroppedBefore">Retention dropped records of commits before this time; the chain is verified from there. Null when everything is there.</param>
    internal sealed record VerifyAnswer(
        bool Intact, long Facts, long Events, long Seals, long? BrokenSequence, string? Problem, int? BrokenPartition,
        DateTimeOffset? DroppedBefore);
}
