using System.Globalization;
using Automation.Core.Contacts;
using Automation.Server.Api;
using Automation.Server.Security;

namespace Automation.Server.Personal;

/// <summary>All about one person, handed out; and a person erased.</summary>
internal static class PersonalApi
{
    private const int ReasonLengthMax = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var contacts = routes.MapGroup("/api/contacts").WithTags("contacts");
        contacts.MapGet("{id:long}/export", ExportAsync).Needs(Permission.Reveal).WithName("contacts_export")
            .WithSummary("Everything that is kept of one person as one JSON document: profile with consents and their evidence, events, messages with texts, facts.")
            .Produces(200, contentType: "application/json");
        contacts.MapPost("{id:long}/erase", EraseAsync).Needs(Permission.Administer).WithName("contacts_erase")
            .WithSummary("Erases the person for good: journeys end, what is known goes, and the key to what the ledger keeps is deleted. Asked again it changes nothing.");
    }

    private static async Task ExportAsync(HttpContext context, PersonalDesk desk, long id, CancellationToken cancellation)
    {
        var contact = await FindAsync(desk, id, cancellation);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"contact-{contact.Id}.json\"");
        await desk.ExportAsync(contact, context.Actor(), context.Request.Path.Value ?? "", context.Response.BodyWriter, cancellation);
    }

    private static async Task<ErasedAnswer> EraseAsync(HttpContext context, PersonalDesk desk, long id, Erasing asked, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(asked.Reason) || asked.Reason.Length > ReasonLengthMax)
        {
            throw ApiException.BadRequest("bad_reason", $"Expected a reason of 1 to {ReasonLengthMax} characters, but found another.", "/reason");
        }
        var contact = await FindAsync(desk, id, cancellation);
        var facts = await desk.EraseAsync(contact, context.Actor(), asked.Reason, cancellation);
        return new ErasedAnswer(contact.Id, [.. facts.Select(FactAnswer.Of)]);
    }

    private static async ValueTask<Contact> FindAsync(PersonalDesk desk, long id, CancellationToken cancellation) =>
        await desk.FindAsync(id, cancellation) ?? throw ApiException.NotFound("contact", id.ToString(CultureInfo.InvariantCulture));

    /// <param name="Reason">Why; it stands in the ledger for good, so it must not say who.</param>
    internal sealed record Erasing(string Reason);

    /// <param name="Contact">Who is erased; another number than asked for where that one had become part of somebody.</param>
    /// <param name="Facts">What it came to; none where it was done before.</param>
    internal sealed record ErasedAnswer(long Contact, IReadOnlyList<FactAnswer> Facts);
}
