using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Security;
using Automation.Server.Telling;

namespace Automation.Server.Api;

/// <summary>Answers rather than rows: why somebody is where they are, and how many were held back for which reason.</summary>
internal static class WhyApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/audit").WithTags("audit");
        audit.MapGet("why", WhyAsync).Needs(Permission.Read).WithName("audit_why")
            .WithSummary("Why a contact is where they are: decisions as sentences, about a journey, a message or a day. Page on with after.");
        audit.MapGet("summary", SummaryAsync).Needs(Permission.Read).WithName("audit_summary")
            .WithSummary("How many were held back, not entered, sent and so on, by day, journey, step, channel, account, kind and reason; each number with its facts and people.");
        audit.MapGet("people", PeopleAsync).Needs(Permission.Read).WithName("audit_people")
            .WithSummary("The contacts of the facts that match, each once a page, newest first. Page on with before.");
    }

    private static async Task<WhyAnswer> WhyAsync(
        ILedgerStore ledger, IDefinitionStore definitions, string contact, string? journey, Guid? message, string? day, string? language, long? after,
        int? limit, CancellationToken cancellation)
    {
        if (new[] { journey is not null, message is not null, day is not null }.Count(given => given) != 1)
        {
            throw ApiException.BadRequest("bad_question", "Expected one of journey, message and day beside the contact, but found none or several.");
        }
        var id = await Paging.ContactAsync(ledger, contact, cancellation);
        if (id is not { } known || await ledger.ContactAsync(known, cancellation) is null)
        {
            throw ApiException.NotFound("contact", contact);
        }
        var reading = new WhyReading(ledger, definitions, await WordingAsync(definitions, language, cancellation));
        try
        {
            return await reading.ReadAsync(
                new WhyQuestion(known, journey, message, day, after, limit is null ? WhyReading.FactsMax : Paging.Limit(limit)), cancellation);
        }
        catch (BadQuestionException bad)
        {
            throw Refused(bad);
        }
    }

    private static async Task<SummaryAnswer> SummaryAsync(
        ILedgerStore ledger, IDefinitionStore definitions, IEngine engine, [AsParameters] SummaryAsked asked, CancellationToken cancellation)
    {
        var wording = await WordingAsync(definitions, asked.Language, cancellation);
        try
        {
            return await new LedgerSummary(ledger, wording).ReadAsync(asked.Question(wording.Times, engine.Clock.GetCurrentInstant()), cancellation);
        }
        catch (BadQuestionException bad)
        {
            throw Refused(bad);
        }
    }

    private static ApiException Refused(BadQuestionException bad) => new(
        bad.Code.StartsWith("unknown_", StringComparison.Ordinal) ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, bad.Code, bad.Message);

    private static async Task<PeopleAnswer> PeopleAsync(
        ILedgerStore ledger, [AsParameters] AuditApi.FactFilter filter, int? limit, CancellationToken cancellation)
    {
        var query = await filter.QueryAsync(ledger, cancellation) with { Limit = Paging.Limit(limit) };
        var rows = await ledger.FactsAsync(query, cancellation);
        var people = new List<PersonAnswer>();
        foreach (var group in rows.Where(row => row.Contact > 0).GroupBy(row => row.Contact))
        {
            var contact = await ledger.ContactAsync(group.Key, cancellation);
            var user = contact?.Identities.FirstOrDefault(one => one.Type == Core.Contacts.Identity.UserId).Value;
            people.Add(new PersonAnswer(group.Key, user, group.Count(), group.First().At.ToDateTimeOffset()));
        }
        return new PeopleAnswer(people, rows.Count == query.Limit ? rows[^1].Place : null);
    }

    private static async ValueTask<Wording> WordingAsync(IDefinitionStore definitions, string? language, CancellationToken cancellation) =>
        language is null || Wording.IsLanguage(language)
            ? new Wording(await WorkspaceTimes.ReadAsync(definitions, cancellation), language == "zh")
            : throw ApiException.BadRequest("bad_language", "Expected the language en or zh, but found another.");

    internal sealed record PeopleAnswer(IReadOnlyList<PersonAnswer> People, long? Next);

    /// <param name="Facts">How many facts of this page are about them.</param>
    /// <param name="Last">Time of the newest.</param>
    internal sealed record PersonAnswer(long Contact, string? UserId, int Facts, DateTimeOffset Last);
}
