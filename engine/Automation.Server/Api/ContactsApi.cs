using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.Api;

/// <summary>Contacts: who they are, what happened to them, and what people do for them by hand.</summary>
internal static class ContactsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var contacts = routes.MapGroup("/api/contacts").WithTags("contacts");
        contacts.MapGet("", FindAsync).Needs(Permission.Read).WithName("contacts_find")
            .WithSummary("The contact with an identity, as user_id:u-3 or phone:+8613800138000; or a page of all, in id order.");
        contacts.MapGet("{id:long}", GetAsync).Needs(Permission.Read).WithName("contacts_get").WithSummary("One contact, whole.");
        contacts.MapGet("{id:long}/timeline", TimelineAsync).Needs(Permission.Read).WithName("contacts_timeline")
            .WithSummary("What the contact did and what was decided, newest first.");
        contacts.MapPost("{id:long}/enrollments", EnrollAsync).Needs(Permission.Operate).WithName("contacts_enroll")
            .WithSummary("Enrols the contact by hand; entry rules hold.");
        contacts.MapPost("{id:long}/enrollments/end", EndAsync).Needs(Permission.Operate).WithName("contacts_end_enrollment")
            .WithSummary("Ends the contact's enrollments of a journey, or one of them.");
        contacts.MapPost("{id:long}/enrollments/{ordinal:int}/retry", RetryAsync).Needs(Permission.Operate).WithName("contacts_retry_step")
            .WithSummary("Enters a stuck step again.");
        contacts.MapPost("{id:long}/enrollments/{ordinal:int}/skip", SkipAsync).Needs(Permission.Operate).WithName("contacts_skip_step")
            .WithSummary("Leaves a stuck or waiting step as if it were done.");
        contacts.MapPost("{id:long}/tags", TagsAsync).Needs(Permission.Operate).WithName("contacts_tags").WithSummary("Adds and removes tags.");
        contacts.MapPost("{id:long}/lists", ListsAsync).Needs(Permission.Operate).WithName("contacts_lists").WithSummary("Adds to lists and removes from them.");
        contacts.MapPost("{id:long}/consent", ConsentAsync).Needs(Permission.Operate).WithName("contacts_consent").WithSummary("Records a yes or no to a channel.");
        contacts.MapPost("{id:long}/quota", QuotaAsync).Needs(Permission.Operate).WithName("contacts_quota").WithSummary("Adds to a quota, or takes from it.");
    }

    private static async Task<ContactsAnswer> FindAsync(
        ILedgerStore ledger, string? identity, long? after, int? limit, CancellationToken cancellation)
    {
        if (identity is null)
        {
            var page = await ledger.ContactPageAsync(after ?? 0, Paging.Limit(limit), cancellation);
            return new ContactsAnswer([.. page.Select(ContactAnswer.Of)], page.Count == Paging.Limit(limit) ? page[^1].Id : null);
        }
        var id = await ledger.FindContactAsync(Paging.IdentityOf(identity), cancellation);
        var contact = id is { } known ? await ledger.ContactAsync(known, cancellation) : null;
        return new ContactsAnswer(contact is null ? [] : [ContactAnswer.Of(contact)], null);
    }

    private static async Task<ContactAnswer> GetAsync(ILedgerStore ledger, long id, CancellationToken cancellation) =>
        ContactAnswer.Of(await LoadAsync(ledger, id, cancellation));

    private static async Task<TimelineAnswer> TimelineAsync(ILedgerStore ledger, long id, long? before, int? limit, CancellationToken cancellation)
    {
        _ = await LoadAsync(ledger, id, cancellation);
        var rows = await ledger.FactsAsync(new FactQuery(Contact: id, Before: before, Limit: Paging.Limit(limit)), cancellation);
        var events = before is null ? await ledger.EventsAsync(id, Paging.Limit(limit), cancellation) : [];
        return new TimelineAnswer(
            [.. rows.Select(FactAnswer.Of)], [.. events.Select(EventAnswer.Of)], rows.Count == Paging.Limit(limit) ? rows[^1].Place : null);
    }

    private static Task<CommandAnswer> EnrollAsync(HttpContext context, IEngine engine, long id, Enrolling asked, CancellationToken cancellation) =>
        DoAsync(engine, id, new Command.Enroll(context.Actor(), asked.Journey, Bag(asked.Properties)), cancellation);

    private static Task<CommandAnswer> EndAsync(HttpContext context, IEngine engine, long id, Ending asked, CancellationToken cancellation) =>
        DoAsync(engine, id, new Command.EndEnrollment(context.Actor(), asked.Journey, asked.Ordinal, asked.Reason ?? "ended_by_hand"), cancellation);

    private static async Task<CommandAnswer> RetryAsync(
        HttpContext context, ILedgerStore ledger, IEngine engine, long id, int ordinal, CancellationToken cancellation)
    {
        var journey = await JourneyOfAsync(ledger, id, ordinal, cancellation);
        return await DoAsync(engine, id, new Command.RetryStep(context.Actor(), journey, ordinal), cancellation);
    }

    private static async Task<CommandAnswer> SkipAsync(
        HttpContext context, ILedgerStore ledger, IEngine engine, long id, int ordinal, CancellationToken cancellation)
    {
        var journey = await JourneyOfAsync(ledger, id, ordinal, cancellation);
        return await DoAsync(engine, id, new Command.SkipStep(context.Actor(), journey, ordinal), cancellation);
    }

    private static Task<CommandAnswer> TagsAsync(HttpContext context, IEngine engine, long id, Changing asked, CancellationToken cancellation) =>
        DoAsync(engine, id, new Command.ChangeTags(context.Actor(), Names(asked.Add, "/add"), Names(asked.Remove, "/remove")), cancellation);

    private static Task<CommandAnswer> ListsAsync(HttpContext context, IEngine engine, long id, Changing asked, CancellationToken cancellation) =>
        DoAsync(engine, id, new Command.ChangeLists(context.Actor(), Names(asked.Add, "/add"), Names(asked.Remove, "/remove")), cancellation);

    private static Task<CommandAnswer> ConsentAsync(HttpContext context, IEngine engine, long id, Consenting asked, CancellationToken cancellation) =>
        DoAsync(
            engine, id,
            new Command.ChangeConsent(
                context.Actor(), asked.Channel, asked.Granted, asked.Source ?? "api", asked.GivenAt is { } at ? Given(at, engine.Clock.GetCurrentInstant()) : null,
                ConsentEvidence.Of(Bag(asked.Evidence))),
            cancellation);

    private static Task<CommandAnswer> QuotaAsync(HttpContext context, IEngine engine, long id, Allotting asked, CancellationToken cancellation) =>
        DoAsync(engine, id, new Command.ChangeQuota(context.Actor(), asked.Quota, asked.Amount), cancellation);

    private static async Task<CommandAnswer> DoAsync(IEngine engine, long contact, Command command, CancellationToken cancellation) =>
        CommandAnswer.Of(await engine.SubmitAsync(contact, command, cancellation), contact);

    private static async ValueTask<Contact> LoadAsync(ILedgerStore ledger, long id, CancellationToken cancellation) =>
        await ledger.ContactAsync(id, cancellation) ?? throw ApiException.NotFound("contact", id.ToString(CultureInfo.InvariantCulture));

    private static async ValueTask<string> JourneyOfAsync(ILedgerStore ledger, long id, int ordinal, CancellationToken cancellation)
    {
        var contact = await LoadAsync(ledger, id, cancellation);
        return contact.Enrollments.FirstOrDefault(enrollment => enrollment.Ordinal == ordinal)?.Journey
            ?? throw ApiException.NotFound("enrollment", FormattableString.Invariant($"{id}.{ordinal}"));
    }

    private static PropertyBag Bag(JsonElement? given) => given is { ValueKind: JsonValueKind.Object } known
        ? PropertyJson.Parse(JsonSerializer.SerializeToUtf8Bytes(known))
        : PropertyBag.Empty;

    private static Instant Given(DateTimeOffset at, Instant now) => Instant.FromDateTimeOffset(at) is var given && given <= now
        ? Instant.FromUnixTimeMilliseconds(given.ToUnixTimeMilliseconds())
        : throw ApiException.BadRequest("bad_time", "Expected a time that has passed, but it is still to come.", "/given_at");

    private static ImmutableArray<string> Names(IReadOnlyList<string>? names, string pointer)
    {
        const int most = 100;
        if (names is { Count: > most } || names?.Any(name => string.IsNullOrWhiteSpace(name) || name.Length > 200) == true)
        {
            throw ApiException.BadRequest("bad_text", $"Expected at most {most} names of 1 to 200 characters, but found others.", pointer);
        }
        return names is null ? [] : [.. names];
    }

    internal sealed record Enrolling(string Journey, JsonElement? Properties = null);

    /// <param name="Ordinal">One enrollment; all of the journey when it is left out.</param>
    internal sealed record Ending(string Journey, int? Ordinal = null, string? Reason = null);

    internal sealed record Changing(IReadOnlyList<string>? Add = null, IReadOnlyList<string>? Remove = null);

    /// <param name="Source">How it was given: form, reply, import, operator, and so on; api when left out.</param>
    /// <param name="GivenAt">When it was given; now when left out.</param>
    /// <param name="Evidence">What proves it: text and version of what was agreed to, url or form, by, reference.</param>
    internal sealed record Consenting(
        string Channel, bool Granted, string? Source = null, DateTimeOffset? GivenAt = null, JsonElement? Evidence = null);

    internal sealed record Allotting(string Quota, long Amount);

    internal sealed record ContactsAnswer(IReadOnlyList<ContactAnswer> Contacts, long? Next);

    internal sealed record TimelineAnswer(IReadOnlyList<FactAnswer> Facts, IReadOnlyList<EventAnswer> Events, long? Next);
}
