using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Core.Journeys.Documents;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Automation.Server.Hosting;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.Api;

/// <summary>Journeys: drafts with their findings, versions, and what people do with a live one.</summary>
internal static class JourneysApi
{
    private static readonly Duration SpreadMax = Duration.FromDays(30);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var journeys = routes.MapGroup("/api/journeys").WithTags("journeys");
        journeys.MapGet("", ListAsync).Needs(Permission.Read).WithName("journeys_list").WithSummary("All journeys with their state.");
        journeys.MapGet("{key}", GetAsync).Needs(Permission.Read).WithName("journeys_get").WithSummary("One journey: draft, published version, state.");
        journeys.MapPut("{key}", PutAsync).Needs(Permission.Author).WithName("journeys_put")
            .WithSummary("Saves the draft and says what lint finds. If-Match holds the revision the edit began from; a new one needs none.");
        journeys.MapDelete("{key}", DeleteAsync).Needs(Permission.Author).WithName("journeys_delete")
            .WithSummary("Deletes a journey that nobody is on the way in.").Produces(204);
        journeys.MapPost("{key}/lint", Lint).Needs(Permission.Author).WithName("journeys_lint").WithSummary("What lint finds in a document, saving nothing.");
        journeys.MapPost("{key}/publish", PublishAsync).Needs(Permission.Author).WithName("journeys_publish")
            .WithSummary("Makes the draft the version that enrols. in_flight: stay, move or exit. Where the workspace asks for approval, what was approved and as it was approved.");
        journeys.MapPost("{key}/pause", PauseAsync).Needs(Permission.Operate).WithName("journeys_pause")
            .WithSummary("Pauses. time: keeps_counting or stands_still.");
        journeys.MapPost("{key}/resume", ResumeAsync).Needs(Permission.Operate).WithName("journeys_resume")
            .WithSummary("Goes on; the held ones are let go over the spread, as 30m.");
        journeys.MapPost("{key}/archive", ArchiveAsync).Needs(Permission.Operate).WithName("journeys_archive")
            .WithSummary("Enrols nobody any more; who is on the way goes on.");
        journeys.MapGet("{key}/versions", VersionsAsync).Needs(Permission.Read).WithName("journeys_versions").WithSummary("Every version, as it was published.");
        journeys.MapGet("{key}/stats", StatsAsync).Needs(Permission.Read).WithName("journeys_stats")
            .WithSummary("Who stands at which step now, what happened so far, and how many would go at once on resuming.");
    }

    private static async Task<JourneysAnswer> ListAsync(IDefinitionStore store, CancellationToken cancellation)
    {
        var all = await store.ListAsync(DefinitionKinds.Journey, cancellation);
        var requests = (await store.Approvals.ListAsync(cancellation)).ToDictionary(one => one.Journey, StringComparer.Ordinal);
        return new JourneysAnswer(
            [.. all.Select(one => JourneySummary.Of(one, requests.GetValueOrDefault(one.Key))).OrderBy(one => one.Key, StringComparer.Ordinal)]);
    }

    private static async Task<JourneyAnswer> GetAsync(HttpContext context, IDefinitionStore store, string key, CancellationToken cancellation)
    {
        var found = await FindAsync(store, key, cancellation);
        Revisions.Tell(context, found.Revision);
        return JourneyAnswer.Of(found);
    }

    private static async Task<SavedAnswer> PutAsync(
        HttpContext context, IDefinitionStore store, DefinitionDesk desk, string key, JsonElement document, CancellationToken cancellation)
    {
        DefinitionKeys.Require(key);
        var known = await store.FindAsync(DefinitionKinds.Journey, key, cancellation);
        var (revision, findings) = await desk.SaveAsync(
            DefinitionKinds.Journey, key, document.GetRawText(), Revisions.Expected(context, known), context.Actor(), cancellation);
        Revisions.Tell(context, revision);
        return new SavedAnswer(key, revision, [.. findings.Select(FindingAnswer.Of)]);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, DefinitionDesk desk, string key, CancellationToken cancellation)
    {
        await desk.DeleteAsync(DefinitionKinds.Journey, key, context.Actor(), cancellation);
        return Results.NoContent();
    }

    private static FindingsAnswer Lint(DefinitionDesk desk, string key, JsonElement document) =>
        new([.. desk.Check(DefinitionKinds.Journey, key, document.GetRawText()).Select(FindingAnswer.Of)]);

    private static async Task<PublishedAnswer> PublishAsync(
        HttpContext context, IDefinitionStore store, JourneyOperations operations, string key, Publishing asked, CancellationToken cancellation)
    {
        var known = await FindAsync(store, key, cancellation);
        if (context.Request.Headers.IfMatch.Count > 0)
        {
            _ = Revisions.Expected(context, known);
        }
        var version = await operations.PublishAsync(key, asked.InFlight, asked.CountExisting, context.Actor(), cancellation);
        var published = await FindAsync(store, key, cancellation);
        Revisions.Tell(context, published.Revision);
        return new PublishedAnswer(key, version, published.Revision);
    }

    private static async Task<JourneyAnswer> PauseAsync(
        HttpContext context, IDefinitionStore store, JourneyOperations operations, string key, Pausing asked, CancellationToken cancellation)
    {
        await operations.PauseAsync(key, asked.Time, context.Actor(), cancellation);
        return JourneyAnswer.Of(await FindAsync(store, key, cancellation));
    }

    private static async Task<ResumedAnswer> ResumeAsync(
        HttpContext context, JourneyOperations operations, string key, Resuming asked, CancellationToken cancellation)
    {
        var spread = Duration.Zero;
        if (asked.Spread is { } text && (!DurationText.TryParse(text, out spread) || spread < Duration.Zero || spread > SpreadMax))
        {
            throw ApiException.BadRequest("bad_duration", "Expected a duration from 0s to 30d such as 30m, but found another text.", "/spread");
        }
        return new ResumedAnswer(key, await operations.ResumeAsync(key, spread, context.Actor(), cancellation));
    }

    private static async Task<JourneyAnswer> ArchiveAsync(
        HttpContext context, IDefinitionStore store, JourneyOperations operations, string key, CancellationToken cancellation)
    {
        await operations.ArchiveAsync(key, context.Actor(), cancellation);
        return JourneyAnswer.Of(await FindAsync(store, key, cancellation));
    }

    private static async Task<VersionsAnswer> VersionsAsync(IDefinitionStore store, string key, CancellationToken cancellation)
    {
        _ = await FindAsync(store, key, cancellation);
        return VersionsAnswer.Of(await store.VersionsAsync(DefinitionKinds.Journey, key, cancellation));
    }

    private static async Task<StatsAnswer> StatsAsync(
        IDefinitionStore store, ILedgerStore ledger, JourneyOperations operations, IRunningEngine running, string key, CancellationToken cancellation)
    {
        _ = await FindAsync(store, key, cancellation);
        var steps = await ledger.StepCountsAsync(key, cancellation);
        var counters = await ledger.CountersAsync(key, cancellation);
        return new StatsAnswer(
            [.. steps.Select(one => new StepStanding(one.Version, one.Step, one.Status, one.Held, one.Count))],
            [.. counters.OrderBy(one => one.Key.Version).ThenBy(one => one.Key.Step, StringComparer.Ordinal).ThenBy(one => one.Key.Name, StringComparer.Ordinal)
                .Select(one => new Happened(one.Key.Version, one.Key.Step, one.Key.Name, one.Value))],
            await operations.HeldAsync(key, cancellation),
            [.. running.Sweeps.Running.Where(one => one.Journey == key).Select(SweepAnswer.Of)]);
    }

    private static async ValueTask<Definition> FindAsync(IDefinitionStore store, string key, CancellationToken cancellation) =>
        await store.FindAsync(DefinitionKinds.Journey, key, cancellation) ?? throw await ApiException.NotFoundAsync(store, DefinitionKinds.Journey, "journey", key, cancellation);

    /// <param name="InFlight">What becomes of those on the way in older versions.</param>
    /// <param name="CountExisting">Whether those who match a dormancy, date or segment trigger already may enter.</param>
    internal sealed record Publishing(InFlightChoice InFlight = InFlightChoice.Stay, bool CountExisting = false);

    internal sealed record Pausing(PauseTime Time);

    internal sealed record Resuming(string? Spread = null);
}
