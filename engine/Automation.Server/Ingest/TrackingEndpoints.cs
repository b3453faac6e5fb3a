using Automation.Core.Contacts;
using Automation.Server.Security;

namespace Automation.Server.Ingest;

/// <summary>The Segment HTTP tracking API, so that the SDKs people have work by changing their host.</summary>
internal static class TrackingEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var tracking = routes.MapGroup("/v1").WithTags("tracking");
        Map(tracking, "track", EventType.Track, "Something a contact did.");
        Map(tracking, "identify", EventType.Identify, "Who a contact is: traits become attributes, phone and open ids identities.");
        Map(tracking, "page", EventType.Page, "A contact looked at a page.");
        Map(tracking, "screen", EventType.Screen, "A contact looked at a screen of an app.");
        Map(tracking, "group", EventType.Group, "A contact joined a group: the event group_joined with its group_id.");
        Map(tracking, "alias", EventType.Alias, "Two ids are one contact.");
        Map(tracking, "batch", null, "Many calls at once. A bad one is named in the answer and does not cost the others.");
        // Some SDKs send everything here; it is the same as batch, and not the import of history.
        Map(tracking, "import", null, "The same as batch, under the name that some SDKs use.");
    }

    private static void Map(RouteGroupBuilder routes, string call, EventType? type, string summary)
    {
        routes.MapMethods(call, ["OPTIONS"], (HttpContext context) =>
        {
            Cors.AnswerPreflight(context.Response);
            return Results.Empty;
        }).Needs(Permission.None).ExcludeFromDescription();
        routes.MapPost(call, (HttpContext context, TrackingDoor door) => door.TakeAsync(context, type))
            .Needs(Permission.Track)
            .WithName($"tracking_{call}")
            .WithSummary(summary)
            .Produces<TrackingSuccess>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(413).ProducesProblem(429).ProducesProblem(503);
    }

    /// <summary>The answer when everything was taken.</summary>
    internal sealed record TrackingSuccess(bool Success);
}
