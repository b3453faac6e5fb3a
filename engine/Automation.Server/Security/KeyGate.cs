using Automation.Server.Api;

namespace Automation.Server.Security;

/// <summary>What a route needs; every route says so, and a test asks each of them.</summary>
internal sealed record PermissionNeeded(Permission Permission);

/// <summary>Stands between routing and the routes: no key, or the wrong one, and the request ends here.</summary>
internal static class KeyGate
{
    private static readonly object KeyItem = new();

    public static TBuilder Needs<TBuilder>(this TBuilder builder, Permission permission)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new PermissionNeeded(permission));

    /// <summary>Who acts, as facts name them.</summary>
    public static string Actor(this HttpContext context) => ((ApiKey)context.Items[KeyItem]!).Actor;

    public static void UseKeyGate(this WebApplication app)
    {
        var keys = app.Services.GetRequiredService<KeyRing>();
        app.Use(async (context, next) =>
        {
            // Without a word on permission it is the framework's own answer, such as 405; every route of ours has one, and a test asks.
            if (context.GetEndpoint() is RouteEndpoint endpoint)
            {
                await AdmitAsync(context, endpoint, keys);
            }
            await next(context);
        });
    }

    private static async ValueTask AdmitAsync(HttpContext context, Endpoint endpoint, KeyRing keys)
    {
        var needed = endpoint.Metadata.GetMetadata<PermissionNeeded>()?.Permission ?? Permission.Administer;
        // The tracking API finds its key also in the body, so it looks by itself.
        if (needed is Permission.None or Permission.Track)
        {
            return;
        }
        if (IsFromElsewhere(context.Request))
        {
            throw new ApiException(
                StatusCodes.Status403Forbidden, "cross_site", "Expected a change to come from a page of this server, but another site's page asked for it.");
        }
        var presented = PresentedKey.Of(context.Request);
        var key = presented is null ? null : await keys.FindAsync(presented);
        if (key is null)
        {
            throw ApiException.NoKey(presented is not null);
        }
        if (!Permissions.Allow(key.Role, needed))
        {
            throw ApiException.Forbidden(key.Role, needed);
        }
        context.Items[KeyItem] = key;
    }

    // A browser that knows the key by Basic sends it along with whatever any page asks for; but it also says which page that was.
    private static bool IsFromElsewhere(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");
}
