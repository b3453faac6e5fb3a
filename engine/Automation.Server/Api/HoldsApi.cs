using Automation.Runtime.Holds;
using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>Holding messages back and letting them go: everything, or those of a channel, an account, a template or a journey.</summary>
internal static class HoldsApi
{
    private const int EndedMax = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var holds = routes.MapGroup("/api/holds").WithTags("holds");
        holds.MapGet("", ListAsync).Needs(Permission.Read).WithName("holds_list")
            .WithSummary("What people hold back now, with how many wait under it, and the last ones that were released.");
        holds.MapGet("preview", PreviewAsync).Needs(Permission.Read).WithName("holds_preview")
            .WithSummary("How many messages wait under a target, such as account:shop or everything, before it is held or released.");
        holds.MapPost("", HoldAsync).Needs(Permission.Operate).WithName("holds_put")
            .WithSummary("Holds messages back. From the answer on none of them is handed to a vendor; under_way counts the calls that had begun.")
            .Produces<HeldAnswer>(StatusCodes.Status201Created);
        holds.MapDelete("{target}", ReleaseAsync).Needs(Permission.Operate).WithName("holds_release")
            .WithSummary("Lets them go at the account's rate. Each is decided anew: consent, caps, quiet hours, and whether anybody still waits for it.");
    }

    private static async Task<HoldsAnswer> ListAsync(HoldDesk holds, CancellationToken cancellation)
    {
        var all = await holds.ListAsync(cancellation);
        var held = new List<HeldAnswer>();
        foreach (var hold in all.Where(one => one.End is null))
        {
            held.Add(HeldAnswer.Of(hold, await holds.CountAsync(hold.Target, cancellation)));
        }
        return new HoldsAnswer(held, [.. all.Where(one => one.End is not null).OrderByDescending(one => one.End!.At).Take(EndedMax).Select(HoldEndedAnswer.Of)]);
    }

    private static async Task<HoldPreviewAnswer> PreviewAsync(HoldDesk holds, string target, CancellationToken cancellation)
    {
        var about = TargetOf(target);
        var count = await holds.CountAsync(about, cancellation);
        var hold = (await holds.ListAsync(cancellation)).FirstOrDefault(one => one.End is null && one.Target == about);
        return new HoldPreviewAnswer(about.Name, hold is not null, count.Waiting, count.UnderWay, count.HeldByOthers);
    }

    private static async Task<IResult> HoldAsync(HttpContext context, HoldDesk holds, Holding asked, CancellationToken cancellation)
    {
        var (hold, count) = await holds.HoldAsync(TargetOf(asked.Target), Reason.Of(asked.Reason), context.Actor(), cancellation);
        return Results.Json(HeldAnswer.Of(hold, count), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<HoldPreviewAnswer> ReleaseAsync(
        HttpContext context, HoldDesk holds, string target, string? reason, CancellationToken cancellation)
    {
        var about = TargetOf(target);
        var count = await holds.ReleaseAsync(about, Reason.Of(reason), context.Actor(), cancellation);
        return new HoldPreviewAnswer(about.Name, false, count.Waiting, count.UnderWay, count.HeldByOthers);
    }

    private static HoldTarget TargetOf(string? name) => HoldTarget.Parse(name ?? "") ?? throw ApiException.BadRequest(
        "bad_target", $"Expected 'everything', or channel, account, template or journey with a colon and a key, but found '{name}'.", "/target");

    /// <param name="Target"><c>everything</c>, or as <c>channel:sms</c>, <c>account:shop</c>, <c>template:hello</c>, <c>journey:welcome</c>.</param>
    internal sealed record Holding(string? Target = null, string? Reason = null);

    internal sealed record HoldsAnswer(IReadOnlyList<HeldAnswer> Held, IReadOnlyList<HoldEndedAnswer> Released);

    /// <param name="Scope"><c>everything</c>, <c>channel</c>, <c>account</c>, <c>template</c> or <c>journey</c>.</param>
    /// <param name="Waiting">Messages of the target that are queued now.</param>
    /// <param name="UnderWay">Claimed before it was held: their calls run to their end.</param>
    /// <param name="HeldByOthers">Those of the waiting that another hold covers too, and that a release of this one would not free.</param>
    internal sealed record HeldAnswer(
        string Target, string Scope, string Key, DateTimeOffset Since, string By, string Reason, long Waiting, long UnderWay, long HeldByOthers)
    {
        public static HeldAnswer Of(Hold hold, HoldCount count) => new(
            hold.Target.Name, hold.Target.ScopeName, hold.Target.Key, hold.Since.ToDateTimeOffset(), hold.By, hold.Reason,
            count.Waiting, count.UnderWay, count.HeldByOthers);
    }

    internal sealed record HoldEndedAnswer(
        string Target, DateTimeOffset Since, string By, string Reason, DateTimeOffset ReleasedAt, string ReleasedBy, string ReleaseReason)
    {
        public static HoldEndedAnswer Of(Hold hold) => new(
            hold.Target.Name, hold.Since.ToDateTimeOffset(), hold.By, hold.Reason, hold.End!.At.ToDateTimeOffset(), hold.End.By, hold.End.Reason);
    }

    /// <param name="Held">Whether this very target is held.</param>
    internal sealed record HoldPreviewAnswer(string Target, bool Held, long Waiting, long UnderWay, long HeldByOthers);
}
