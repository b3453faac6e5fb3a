using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Audit;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;
using Automation.Server.Security;
using Automation.Server.Telling;

namespace Automation.Server.Api;

/// <summary>Reading the ledger: by filter, as a stream, and the proof that it is whole.</summary>
internal static class AuditApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/audit").WithTags("audit");
        audit.MapGet("", ListAsync).Needs(Permission.Read).WithName("audit_list")
            .WithSummary("Facts that match, newest first; page on with before, or with order=oldest and after.");
        audit.MapGet("export", AuditExport.WriteAsync).Needs(Permission.Read).WithName("audit_export")
            .WithSummary("Every fact that matches, oldest first, one JSON object a line, or as a table (format=csv). Goes on after the sequence of the last whole line (after).")
            .Produces(200, contentType: "application/x-ndjson");
        audit.MapGet("verify", VerifyAsync).Needs(Permission.Read).WithName("audit_verify")
            .WithSummary("Recomputes the chain of seals, of everything or of a range (from, until: places or times), and names the first broken row.");
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

    private static async Task<VerifyAnswer> VerifyAsync(
        ILedgerStore ledger, IDefinitionStore definitions, string? from, string? until, CancellationToken cancellation)
    {
        Func<int, ValueTask<VerifySpan?>>? spans;
        try
        {
            spans = VerifyRange.Of(ledger, await WorkspaceTimes.ReadAsync(definitions, cancellation), from, until, cancellation);
        }
        catch (BadQuestionException bad)
        {
            throw ApiException.BadRequest(bad.Code, bad.Message);
        }
        var one = await MergedPartitions.VerifyAsync(ledger, null, cancellation, spans);
        return new VerifyAnswer(
            one.Intact, one.Facts, one.Events, one.Seals, one.BrokenSequence, one.Problem,
            one.BrokenSequence is { } place ? PartitionedNumber.Partition(place) : null, one.DroppedBefore?.ToDateTimeOffset());
    }

    /// <summary>Filters of the ledger; what is left out matches everything.</summary>
    internal sealed record FactFilter(
        string? Contact, string? Journey, int? Ordinal, string? Step, string? Kind, string? Reason, string? Actor, string? From, string? To,
        long? After, long? Before, string? Channel, string? Account, Guid? Message, string? Text)
    {
        private const int TextLengthMax = 200;

        public async ValueTask<FactQuery> QueryAsync(ILedgerStore ledger, CancellationToken cancellation)
        {
            if (Kind is not null && !FactJson.KindNames.Contains(Kind))
            {
                throw ApiException.BadRequest("unknown_kind", $"Expected a kind of fact that there is (see /api/audit/kinds), but found '{Kind}'.{Nearest.Hint(Kind, FactJson.KindNames)}");
            }
            var contact = await Paging.ContactAsync(ledger, Contact, cancellation);
            if (Message is { } id)
            {
                // A message's facts are found by whose it is; nobody's where there is no such message.
                contact ??= (await ledger.MessageAsync(id, cancellation))?.Contact ?? -1;
            }
            if (Text is not null && (Text.Length > TextLengthMax || (contact is null && Actor is null)))
            {
                throw ApiException.BadRequest(
                    "text_needs_contact", $"Expected contact, message or actor beside text, and at most {TextLengthMax} characters: details are read one by one.");
            }
            if (Ordinal is not null && contact is null && Actor is null)
            {
                throw ApiException.BadRequest(
                    "ordinal_needs_contact", "Expected contact, message or actor beside ordinal, but found none: passages are numbered for each contact.");
            }
            return new FactQuery(
                contact, Journey, Ordinal, Step, Kind, Reason, Actor, Paging.Time("from", From), Paging.Time("to", To), After, Before)
            {
                Channel = Channel, Account = Account, Message = Message, Text = Text,
            };
        }
    }

    /// <param name="Next">Where the next page begins (as <c>before</c>, or <c>after</c> for the oldest first); null at the end.</param>
    internal sealed record FactsAnswer(IReadOnlyList<FactAnswer> Facts, long? Next);

    internal sealed record FactKindsAnswer(IReadOnlyList<string> Kinds);

    /// <param name="BrokenSequence">The place of the broken record, as lists of facts name it.</param>
    /// <param name="BrokenPartition">Its partition; each has a chain of its own.</param>
    /// <param name="DroppedBefore">Retention dropped records of commits before this time; the chain is verified from there. Null when everything is there.</param>
    internal sealed record VerifyAnswer(
        bool Intact, long Facts, long Events, long Seals, long? BrokenSequence, string? Problem, int? BrokenPartition,
        DateTimeOffset? DroppedBefore);
}
