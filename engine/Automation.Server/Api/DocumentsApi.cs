using System.Text;
using System.Text.Json;
using Automation.Core.Journeys.Documents;
using Automation.Core.Workspaces;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>Templates, segments and settings: live with their saving, so one with errors is not saved.</summary>
internal static class DocumentsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "templates", DefinitionKinds.Template, "template");
        Map(routes, "segments", DefinitionKinds.Segment, "segment");
        var settings = routes.MapGroup("/api/settings").WithTags("settings");
        settings.MapGet("", GetSettingsAsync).Needs(Permission.Read).WithName("settings_get").WithSummary("The workspace's settings, with their revision.");
        settings.MapPut("", PutSettingsAsync).Needs(Permission.Configure).WithName("settings_put").WithSummary("Writes the workspace's settings.");
    }

    private static void Map(IEndpointRouteBuilder routes, string plural, string kind, string word)
    {
        var documents = routes.MapGroup($"/api/{plural}").WithTags(plural);
        documents.MapGet("", async (IDefinitionStore store, CancellationToken cancellation) =>
                new DocumentsAnswer([.. (await store.ListAsync(kind, cancellation)).OrderBy(one => one.Key, StringComparer.Ordinal).Select(DocumentAnswer.Of)]))
            .Needs(Permission.Read).WithName($"{plural}_list").WithSummary($"All {plural}.");
        documents.MapGet("{key}", async (HttpContext context, IDefinitionStore store, string key, CancellationToken cancellation) =>
            {
                var found = await store.FindAsync(kind, key, cancellation) ?? throw await ApiException.NotFoundAsync(store, kind, word, key, cancellation);
                Revisions.Tell(context, found.Revision);
                return DocumentAnswer.Of(found);
            })
            .Needs(Permission.Read).WithName($"{plural}_get").WithSummary($"One {word}, with its revision.");
        documents.MapPut("{key}", (HttpContext context, IDefinitionStore store, DefinitionDesk desk, string key, JsonElement document, CancellationToken cancellation) =>
            {
                DefinitionKeys.Require(key);
                return SaveAsync(context, store, desk, kind, key, document, cancellation);
            })
            .Needs(Permission.Author).WithName($"{plural}_put").WithSummary($"Writes a {word}; it is live at once. If-Match holds the revision the edit began from.");
        documents.MapDelete("{key}", async (HttpContext context, DefinitionDesk desk, string key, CancellationToken cancellation) =>
            {
                await desk.DeleteAsync(kind, key, context.Actor(), cancellation);
                return Results.NoContent();
            })
            .Needs(Permission.Author).WithName($"{plural}_delete").WithSummary($"Deletes a {word}.").Produces(204);
        documents.MapGet("{key}/versions", async (IDefinitionStore store, string key, CancellationToken cancellation) =>
                VersionsAnswer.Of(await store.VersionsAsync(kind, key, cancellation)))
            .Needs(Permission.Read).WithName($"{plural}_versions").WithSummary($"Every version of a {word}.");
    }

    private static async Task<DocumentAnswer> GetSettingsAsync(HttpContext context, IDefinitionStore store, CancellationToken cancellation)
    {
        var found = await store.FindAsync(DefinitionKinds.Settings, DefinitionKinds.SettingsKey, cancellation);
        Revisions.Tell(context, found?.Revision ?? 0);
        return found is not null
            ? DocumentAnswer.Of(found)
            : new DocumentAnswer(
                DefinitionKinds.SettingsKey, 0, 0, JsonElement.Parse(Encoding.UTF8.GetString(SettingsDocument.Write(WorkspaceSettings.Default))), null, null);
    }

    private static Task<SavedAnswer> PutSettingsAsync(
        HttpContext context, IDefinitionStore store, DefinitionDesk desk, JsonElement document, CancellationToken cancellation) =>
        SaveAsync(context, store, desk, DefinitionKinds.Settings, DefinitionKinds.SettingsKey, document, cancellation);

    private static async Task<SavedAnswer> SaveAsync(
        HttpContext context, IDefinitionStore store, DefinitionDesk desk, string kind, string key, JsonElement document, CancellationToken cancellation)
    {
        var known = await store.FindAsync(kind, key, cancellation);
        var (revision, findings) = await desk.SaveAsync(
            kind, key, document.GetRawText(), Revisions.Expected(context, known), context.Actor(), cancellation);
        Revisions.Tell(context, revision);
        return new SavedAnswer(key, revision, [.. findings.Select(FindingAnswer.Of)]);
    }

    internal sealed record DocumentsAnswer(IReadOnlyList<DocumentAnswer> Documents);

    /// <param name="Sweeps">Of a segment: everybody is asked whether they are in it now. Left out when nothing is under way.</param>
    internal sealed record DocumentAnswer(string Key, int Revision, int Version, JsonElement Document, DateTimeOffset? UpdatedAt, string? UpdatedBy,
        IReadOnlyList<SweepAnswer>? Sweeps = null)
    {
        public static DocumentAnswer Of(Definition one) => new(
            one.Key, one.Revision, one.PublishedVersion, JsonElement.Parse(one.Published ?? one.Draft ?? "{}"), one.UpdatedAt.ToDateTimeOffset(),
            one.UpdatedBy, JourneyState.Read(one.State).Sweeps is { Count: > 0 } sweeps ? [.. sweeps.Select(SweepAnswer.Of)] : null);
    }
}
