using System.Globalization;
using Automation.Core.Contacts;
using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>Who stands where in a journey, and when they go on.</summary>
internal static class StandingApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/journeys/{key}/people", ListAsync).Needs(Permission.Read).WithTags("journeys").WithName("journeys_people")
            .WithSummary("Who is on the way, at one step (step=) or anywhere, since when, and when time moves them on. Page on with after.");

    private static async Task<StandingAnswer> ListAsync(
        ILedgerStore ledger, string key, string? step, string? after, int? limit, CancellationToken cancellation)
    {
        var most = Paging.Limit(limit);
        var found = await ledger.StandingAsync(key, step, Place(after), most, cancellation);
        return new StandingAnswer(
            [.. found.Select(StanderAnswer.Of)],
            found.Count == most ? string.Create(CultureInfo.InvariantCulture, $"{found[^1].Contact}.{found[^1].Ordinal}") : null);
    }

    private static (long Contact, int Ordinal) Place(string? after)
    {
        if (after is null)
        {
            return (0, 0);
        }
        var dot = after.IndexOf('.');
        return dot > 0
            && long.TryParse(after.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var contact)
            && int.TryParse(after.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            ? (contact, ordinal)
            : throw ApiException.BadRequest("bad_place", "Expected after to be the next of an answer, such as 12.3, but found another text.");
    }

    /// <param name="Next">For <c>after</c>; left out on the last page.</param>
    internal sealed record StandingAnswer(IReadOnlyList<StanderAnswer> People, string? Next);

    /// <param name="WakeAt">Left out where only an event, an outcome or a person moves them on.</param>
    internal sealed record StanderAnswer(
        long Contact, int Ordinal, int Version, string Step, EnrollmentStatus Status, bool Held, DateTimeOffset Since, DateTimeOffset? WakeAt)
    {
        public static StanderAnswer Of(Stander one) => new(
            one.Contact, one.Ordinal, one.Version, one.Step, one.Status, one.Held, one.Since.ToDateTimeOffset(), one.WakeAt?.ToDateTimeOffset());
    }
}
