using Automation.Runtime.Bulk;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Automation.Server.Security;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Api;

/// <summary>Actions with many at once: failed messages replayed, enrollments ended. First a preview, then the action it named.</summary>
internal static class BulkApi
{
    private const int IdLength = 32;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var bulk = routes.MapGroup("/api/bulk").WithTags("bulk");
        bulk.MapGet("", ListAsync).Needs(Permission.Read).WithName("bulk_list").WithSummary("Actions that run and the last ones that ended, with how far they are.");
        bulk.MapGet("{id}", GetAsync).Needs(Permission.Read).WithName("bulk_get").WithSummary("One action with its progress.");
        bulk.MapPost("preview", PreviewAsync).Needs(Permission.Operate).WithName("bulk_preview")
            .WithSummary("How many it would be about, by reason and account or by step and version. Its id, count and time begin the action.");
        bulk.MapPost("", StartAsync).Needs(Permission.Operate).WithName("bulk_start")
            .WithSummary("Begins what was previewed, with a reason. The same id twice begins one action; preview_outdated says that the count has changed by a lot.")
            .Produces<BulkAnswer>(StatusCodes.Status202Accepted);
    }

    private static async Task<BulksAnswer> ListAsync(BulkDesk bulk, CancellationToken cancellation) =>
        new([.. (await bulk.ListAsync(cancellation)).Select(BulkAnswer.Of)]);

    private static async Task<BulkAnswer> GetAsync(BulkDesk bulk, string id, CancellationToken cancellation) =>
        await bulk.FindAsync(id, cancellation) is { } found ? BulkAnswer.Of(found) : throw ApiException.NotFound("bulk action", id);

    private static async Task<BulkPreviewAnswer> PreviewAsync(BulkDesk bulk, IDefinitionStore store, BulkPreviewing asked, CancellationToken cancellation)
    {
        var preview = await bulk.PreviewAsync(asked.Action, await FilterAsync(store, asked.Action, asked.Filter, cancellation), cancellation);
        return new BulkPreviewAnswer(
            preview.Id, preview.AsOf.ToDateTimeOffset(), preview.Count.Count, preview.Count.People,
            [.. preview.Count.Groups.Select(group => new BulkGroupAnswer(group.Name, group.Of, group.Count))]);
    }

    private static async Task<IResult> StartAsync(
        HttpContext context, BulkDesk bulk, IDefinitionStore store, BulkStarting asked, CancellationToken cancellation)
    {
        var reason = Reason.Of(asked.Reason);
        if (asked.Id is not { Length: IdLength } id || !id.All(char.IsAsciiHexDigitLower))
        {
            throw ApiException.BadRequest("bad_id", "Expected the id that the preview gave out, but found another text.", "/id");
        }
        var filter = await FilterAsync(store, asked.Action, asked.Filter, cancellation);
        Instant? asOf = asked.AsOf is { } at ? Instant.FromDateTimeOffset(at) : null;
        var begun = await bulk.StartAsync(asked.Action, id, filter, asked.Expected, asOf, reason, context.Actor(), cancellation);
        return Results.Json(BulkAnswer.Of(begun), ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static async ValueTask<BulkFilter> FilterAsync(IDefinitionStore store, BulkKind kind, BulkFiltering? asked, CancellationToken cancellation)
    {
        var filter = asked ?? new BulkFiltering();
        // In an incident a slip of the pen must not look like "nobody".
        if (filter.Journey is { } journey && await store.FindAsync(DefinitionKinds.Journey, journey, cancellation) is null)
        {
            throw await ApiException.NotFoundAsync(store, DefinitionKinds.Journey, "journey", journey, cancellation);
        }
        if (filter.Segment is { } segment && await store.FindAsync(DefinitionKinds.Segment, segment, cancellation) is null)
        {
            throw await ApiException.NotFoundAsync(store, DefinitionKinds.Segment, "segment", segment, cancellation);
        }
        var isExit = kind == BulkKind.ExitPeople;
        if (isExit && filter.Journey is null)
        {
            throw ApiException.BadRequest("journey_required", "Expected the journey that people are to leave, but there is none.", "/filter/journey");
        }
        if (isExit ? filter is not { Channel: null, Account: null, Template: null, From: null, To: null } || filter.Reasons is { Count: > 0 }
            : filter is not { Step: null, Version: null, Segment: null })
        {
            throw ApiException.BadRequest("bad_filter", $"Expected filters that {BulkPlan.NameOf(kind)} knows, but found others.", "/filter");
        }
        return new BulkFilter
        {
            Journey = filter.Journey, Step = filter.Step, Version = filter.Version, Segment = filter.Segment, Channel = filter.Channel,
            Account = filter.Account, Template = filter.Template, Reasons = filter.Reasons ?? [],
            From = filter.From is { } from ? Instant.FromDateTimeOffset(from) : null, To = filter.To is { } to ? Instant.FromDateTimeOffset(to) : null,
        };
    }

    /// <param name="Step">Exits only, as are version and segment.</param>
    /// <param name="Reasons">Replays only, as are channel, account, template and the times: why it failed, any of these.</param>
    /// <param name="From">Failed at this time or later.</param>
    /// <param name="To">Failed before this.</param>
    internal sealed record BulkFiltering(
        string? Journey = null, string? Step = null, int? Version = null, string? Segment = null, string? Channel = null, string? Account = null,
        string? Template = null, IReadOnlyList<string>? Reasons = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
    {
        public static BulkFiltering Of(BulkFilter filter) => new(
            filter.Journey, filter.Step, filter.Version, filter.Segment, filter.Channel, filter.Account, filter.Template, filter.Reasons.Count == 0 ? null : filter.Reasons,
            filter.From?.ToDateTimeOffset(), filter.To?.ToDateTimeOffset());
    }

    internal sealed record BulkPreviewing(BulkKind Action = BulkKind.ReplayFailed, BulkFiltering? Filter = null);

    /// <param name="Id">The preview's.</param>
    /// <param name="Expected">The preview's count.</param>
    /// <param name="AsOf">The preview's time: what failed later was not in it.</param>
    internal sealed record BulkStarting(
        BulkKind Action = BulkKind.ReplayFailed, string? Id = null, long Expected = 0, DateTimeOffset? AsOf = null, BulkFiltering? Filter = null, string? Reason = null);

    /// <param name="Count">Messages, or enrollments.</param>
    internal sealed record BulkPreviewAnswer(string Id, DateTimeOffset AsOf, long Count, long People, IReadOnlyList<BulkGroupAnswer> Groups);

    /// <param name="Name">A reason, or a step.</param>
    /// <param name="Of">An account, or a version.</param>
    internal sealed record BulkGroupAnswer(string Name, string Of, long Count);

    internal sealed record BulksAnswer(IReadOnlyList<BulkAnswer> Actions);

    /// <param name="Target">What it is about, in words.</param>
    /// <param name="Before">How many as it began.</param>
    /// <param name="Asked">How many were asked so far.</param>
    /// <param name="Filter">The same as it was given.</param>
    /// <param name="After">How many were left as it ended: who refused, and who came since.</param>
    /// <param name="Refused">Of those asked, who refused and why.</param>
    internal sealed record BulkAnswer(
        string Id, BulkKind Action, string Target, BulkFiltering Filter, string By, string Reason, DateTimeOffset At, long Before, long Asked,
        DateTimeOffset? EndedAt, long After, IReadOnlyList<BulkRefusalAnswer> Refused)
    {
        public static BulkAnswer Of(BulkAction one)
        {
            var (plan, progress) = one;
            return new BulkAnswer(
                plan.Id, plan.Kind, plan.Filter.Text, BulkFiltering.Of(plan.Filter), plan.Actor, plan.Reason, plan.At.ToDateTimeOffset(), plan.Before, progress.Asked,
                progress.EndedAt?.ToDateTimeOffset(), progress.After, [.. progress.Refused.Select(refused => BulkRefusalAnswer.Of(refused, one))]);
        }
    }

    /// <param name="Reason">A code, as <c>no_consent</c>.</param>
    /// <param name="Facts">Where the facts themselves are listed.</param>
    /// <param name="People">Where the people are.</param>
    internal sealed record BulkRefusalAnswer(string Reason, long Count, string Facts, string People)
    {
        public static BulkRefusalAnswer Of(BulkRefusal refused, BulkAction of)
        {
            var (plan, progress) = of;
            var to = progress.EndedAt is { } ended ? $"&to={Time(ended + Duration.FromSeconds(1))}" : "";
            var query = $"kind={refused.Kind}&reason={Uri.EscapeDataString(refused.Reason)}&actor={Uri.EscapeDataString(plan.Actor)}&from={Time(plan.At)}{to}";
            return new BulkRefusalAnswer(refused.Reason, refused.Count, $"/api/audit?{query}", $"/api/audit/people?{query}");
        }

        private static string Time(Instant at) => Uri.EscapeDataString(InstantPattern.General.Format(at));
    }
}
