using System.Globalization;
using System.Text.Json;
using Automation.Connectors;
using Automation.Core.Contacts;
using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Sending;
using Automation.Core.Workspaces;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.Api;

/// <summary>A template as a contact would get it, while it is still being written; and the same into the sandbox's mailbox.</summary>
internal static class PreviewApi
{
    private const string Sandbox = "sandbox";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var templates = routes.MapGroup("/api/templates").WithTags("templates");
        templates.MapPost("preview", PreviewAsync).Needs(Permission.Author).WithName("templates_preview")
            .WithSummary("A template's content for a contact, with what lint finds and why it would not be sent now. Saves and sends nothing.");
        templates.MapPost("test", TestAsync).Needs(Permission.Author).WithName("templates_test")
            .WithSummary("Renders a template for a contact and puts it into the sandbox's mailbox, whatever account it is for.");
    }

    private static async Task<PreviewAnswer> PreviewAsync(
        ILedgerStore ledger, DefinitionDesk desk, JourneyRegistry registry, IEngine engine, Previewing asked, CancellationToken cancellation)
    {
        var findings = desk.Check(DefinitionKinds.Template, KeyOf(asked.Document), asked.Document.GetRawText());
        var told = findings.Select(FindingAnswer.Of).ToList();
        if (TemplateDocument.Read(asked.Document).Value is not { } template)
        {
            return new PreviewAnswer(null, null, null, told);
        }
        var message = Preview.Of(
            registry.Journeys, await ContactAsync(ledger, asked.Contact, cancellation), template, AccountOf(registry, template), asked.Event,
            Properties(asked.Properties), engine.Clock.GetCurrentInstant());
        return new PreviewAnswer(message.Content is null ? null : ContactAnswer.Bag(message.Content), message.Error, message.Refused, told);
    }

    private static async Task<TestedAnswer> TestAsync(
        ILedgerStore ledger, JourneyRegistry registry, IEngine engine, Previewing asked, CancellationToken cancellation)
    {
        var template = TemplateDocument.Read(asked.Document).Value
            ?? throw ApiException.BadRequest("findings", "Expected a template that can be sent, but lint finds errors in it.", "/document");
        var contact = await ContactAsync(ledger, asked.Contact, cancellation);
        var message = Preview.Of(
            registry.Journeys, contact, template, Sandbox, asked.Event, Properties(asked.Properties), engine.Clock.GetCurrentInstant());
        if (message.Content is null)
        {
            throw ApiException.BadRequest("render_failed", $"Expected a template that renders, but it does not: {message.Error}", "/document/content");
        }
        using var lease = registry.Connectors.Lease(Sandbox) ?? throw ApiException.NotFound("account", Sandbox);
        if (lease.Manifest.Key != Sandbox)
        {
            throw ApiException.Conflict("no_sandbox", $"Expected the account '{Sandbox}' to be of the connector '{Sandbox}', but it is of another.");
        }
        var results = await lease.Connector.SendAsync(
            [
                new OutgoingMessage
                {
                    Id = Guid.NewGuid(),
                    Channel = template.Channel,
                    To = new Address(message.Address?.Type ?? Channels.AddressType(template.Channel) ?? "", message.Address?.Value ?? "–"),
                    Content = ContactAnswer.Bag(message.Content),
                    ContactId = contact.Id.ToString(CultureInfo.InvariantCulture),
                    Origin = new MessageOrigin("", template.Key),
                },
            ],
            cancellation);
        return new TestedAnswer(results[0].Outcome, results[0].Text);
    }

    private static string KeyOf(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String ? key.GetString()! : "";

    private static string AccountOf(JourneyRegistry registry, MessageTemplate template) =>
        registry.Journeys.Settings.Accounts.TryGetValue(template.Channel, out var account) ? account : Sandbox;

    // Without a contact it is somebody of whom nothing is known, as the first stranger will be.
    private static async ValueTask<Contact> ContactAsync(ILedgerStore ledger, long? id, CancellationToken cancellation) =>
        id is not { } known ? new Contact(0, Instant.FromUnixTimeTicks(0))
            : await ledger.ContactAsync(known, cancellation) ?? throw ApiException.NotFound("contact", known.ToString(CultureInfo.InvariantCulture));

    private static PropertyBag Properties(JsonElement? properties) => properties is { ValueKind: JsonValueKind.Object } given
        ? PropertyJson.Parse(JsonSerializer.SerializeToUtf8Bytes(given))
        : PropertyBag.Empty;

    /// <param name="Contact">Nobody in particular when left out.</param>
    /// <param name="Event">Name of the event that would have enrolled them.</param>
    internal sealed record Previewing(JsonElement Document, long? Contact = null, string? Event = null, JsonElement? Properties = null);

    /// <param name="Content">Left out where the template cannot be read or rendered.</param>
    /// <param name="Error">Where rendering failed, in words.</param>
    /// <param name="Refused">Why it would not be sent to this contact now.</param>
    internal sealed record PreviewAnswer(JsonElement? Content, string? Error, string? Refused, IReadOnlyList<FindingAnswer> Findings);

    internal sealed record TestedAnswer(SendOutcome Outcome, string? Text);
}
