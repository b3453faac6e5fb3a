using Automation.Core.Deciding;
using Automation.Runtime.Approvals;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>Four eyes: asking to have a journey published, and what somebody else says to it.</summary>
internal static class ApprovalsApi
{
    private const int CommentMax = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var setting = routes.MapGroup("/api/settings/approval").WithTags("settings");
        setting.MapGet("", GetSettingAsync).Needs(Permission.Read).WithName("settings_approval_get")
            .WithSummary("Whether publishing a journey needs somebody else's approval: none or required.");
        setting.MapPut("", PutSettingAsync).Needs(Permission.Administer).WithName("settings_approval_put")
            .WithSummary("Turns it on or off. What was asked for meanwhile stays.");
        var approval = routes.MapGroup("/api/journeys/{key}/approval").WithTags("journeys");
        approval.MapGet("", GetAsync).Needs(Permission.Read).WithName("approval_get")
            .WithSummary("The journey's last request, who changed the draft since it was last published, and whether the caller may decide.");
        approval.MapPost("", AskAsync).Needs(Permission.Author).WithName("approval_ask")
            .WithSummary("Asks to have the draft published as it is now. If-Match may hold the revision that was looked at.")
            .Produces<ApprovalRequest>(StatusCodes.Status201Created);
        approval.MapPost("approve", ApproveAsync).Needs(Permission.Author).WithName("approval_approve")
            .WithSummary("Approves somebody else's request; with publish it is published at once.");
        approval.MapPost("reject", RejectAsync).Needs(Permission.Author).WithName("approval_reject")
            .WithSummary("Sends somebody else's request back, with a comment.");
        approval.MapPost("withdraw", WithdrawAsync).Needs(Permission.Author).WithName("approval_withdraw")
            .WithSummary("Takes one's own request back.");
    }

    private static async Task<ApprovalSettingAnswer> GetSettingAsync(ApprovalDesk approvals, CancellationToken cancellation) =>
        ApprovalSettingAnswer.Of(await approvals.SettingAsync(cancellation));

    private static async Task<ApprovalSettingAnswer> PutSettingAsync(
        HttpContext context, ApprovalDesk approvals, ApprovalSettingAnswer asked, CancellationToken cancellation)
    {
        await approvals.SetAsync(asked.Approval == ApprovalNeed.Required ? ApprovalSetting.Required : ApprovalSetting.None, context.Actor(), cancellation);
        return asked;
    }

    private static async Task<ApprovalAnswer> GetAsync(
        HttpContext context, IDefinitionStore store, ApprovalDesk approvals, string key, CancellationToken cancellation)
    {
        var request = await store.Approvals.FindAsync(key, cancellation);
        var about = await FindAsync(store, key, cancellation);
        // Read after the request and shown only where it is what the request is about: what is looked at is what is decided.
        var document = request is { Stands: true } && (about.Draft ?? about.Published) is { } text && Approval.HashOf(text) == request.Hash ? text : null;
        var edits = await store.Approvals.EditsAsync(key, cancellation);
        var isOpen = request?.Status == ApprovalStatus.Open;
        var mayWrite = context.Caller().May(Permission.Author);
        var refusal = isOpen && mayWrite ? await approvals.WhyNotAsync(request!, context.Actor(), cancellation) : null;
        var isOwn = request is { Stands: true } && mayWrite && await approvals.IsSameAsync(request.Asked.By, context.Actor(), cancellation);
        return new ApprovalAnswer(
            ApprovalSettingAnswer.Of(await approvals.SettingAsync(cancellation)).Approval, request is null ? null : ApprovalRequest.Of(request), JourneyAnswer.Parse(document),
            [.. edits.Select(edit => new DraftEditAnswer(edit.Actor, edit.At.ToDateTimeOffset()))], isOpen && mayWrite && refusal is null, refusal?.Message, isOwn);
    }

    private static async Task<IResult> AskAsync(
        HttpContext context, IDefinitionStore store, ApprovalDesk approvals, string key, Requesting asked, CancellationToken cancellation)
    {
        var known = await FindAsync(store, key, cancellation);
        int? revision = context.Request.Headers.IfMatch.Count > 0 ? Revisions.Expected(context, known) : null;
        var request = await approvals.AskAsync(key, revision, asked.InFlight, asked.CountExisting, Comment(asked.Comment), context.Actor(), cancellation);
        return Results.Json(ApprovalRequest.Of(request), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<ApprovedAnswer> ApproveAsync(
        HttpContext context, IDefinitionStore store, ApprovalDesk approvals, JourneyOperations operations, string key, Approving asked, CancellationToken cancellation)
    {
        var request = await approvals.ApproveAsync(key, asked.Number, Comment(asked.Comment), context.Actor(), cancellation);
        // Two steps: whoever dies between them, or finds that it cannot go live now, leaves an approval that anybody may publish.
        if (!asked.Publish)
        {
            return new ApprovedAnswer(ApprovalRequest.Of(request), null, null);
        }
        var version = await operations.PublishAsync(key, request.InFlight, request.CountExisting, context.Actor(), CancellationToken.None);
        var published = await FindAsync(store, key, CancellationToken.None);
        Revisions.Tell(context, published.Revision);
        return new ApprovedAnswer(ApprovalRequest.Of(await store.Approvals.FindAsync(key, CancellationToken.None) ?? request), version, published.Revision);
    }

    private static async Task<ApprovalRequest> RejectAsync(
        HttpContext context, ApprovalDesk approvals, string key, Rejecting asked, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(asked.Comment))
        {
            throw ApiException.BadRequest("comment_required", $"Expected a comment of 1 to {CommentMax} characters that says what to mend, but there is none.", "/comment");
        }
        return ApprovalRequest.Of(await approvals.RejectAsync(key, asked.Number, Comment(asked.Comment), context.Actor(), cancellation));
    }

    private static async Task<ApprovalRequest> WithdrawAsync(
        HttpContext context, ApprovalDesk approvals, string key, Withdrawing asked, CancellationToken cancellation) =>
        ApprovalRequest.Of(await approvals.WithdrawAsync(key, asked.Number, context.Actor(), cancellation));

    private static async ValueTask<Definition> FindAsync(IDefinitionStore store, string key, CancellationToken cancellation) =>
        await store.FindAsync(DefinitionKinds.Journey, key, cancellation) ?? throw ApiException.NotFound("journey", key);

    private static string Comment(string? text) => (text?.Trim() ?? "") is { Length: <= CommentMax } comment
        ? comment
        : throw ApiException.BadRequest("too_long", $"Expected a comment of at most {CommentMax} characters, but it is longer.", "/comment");

    /// <param name="InFlight">What becomes of those on the way in older versions when it is published.</param>
    /// <param name="CountExisting">Whether those who match a dormancy, date or segment trigger already may enter.</param>
    internal sealed record Requesting(string? Comment = null, InFlightChoice InFlight = InFlightChoice.Stay, bool CountExisting = false);

    /// <param name="Number">The request that was looked at.</param>
    /// <param name="Publish">Whether it is published at once.</param>
    internal sealed record Approving(int Number, string? Comment = null, bool Publish = false);

    internal sealed record Rejecting(int Number, string? Comment = null);

    internal sealed record Withdrawing(int Number);
}
