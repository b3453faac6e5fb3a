using Automation.Server.Api;
using Automation.Server.Personal;

namespace Automation.Server.Security;

/// <summary>What a route needs; every route says so, and a test asks each of them.</summary>
internal sealed record PermissionNeeded(Permission Permission);

/// <summary>Stands between routing and the routes: neither key nor session, or the wrong one, and the request ends here.</summary>
internal static class CallerGate
{
    private static readonly object CallerItem = new();

    public static TBuilder Needs<TBuilder>(this TBuilder builder, Permission permission)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new PermissionNeeded(permission));

    public static Caller Caller(this HttpContext context) => (Caller)context.Items[CallerItem]!;

    /// <summary>Who acts, as facts name them.</summary>
    public static string Actor(this HttpContext context) => context.Caller().Actor;

    public static void UseCallerGate(this WebApplication app)
    {
        var callers = app.Services.GetRequiredService<Callers>();
        app.Use(async (context, next) =>
        {
            // Without a word on permission it is the framework's own answer, such as 405; every route of ours has one, and a test asks.
            if (context.GetEndpoint() is RouteEndpoint endpoint)
            {
                await AdmitAsync(context, endpoint, callers);
            }
            await next(context);
        });
    }

    private static async ValueTask AdmitAsync(HttpContext context, Endpoint endpoint, Callers callers)
    {
        var needed = endpoint.Metadata.GetMetadata<PermissionNeeded>()?.Permission ?? Permission.Administer;
        // The tracking API finds its key also in the body, so it looks by itself.
        if (needed is Permission.None or Permission.Track)
        {
            return;
        }
        CrossSite.Refuse(context.Request);
        var caller = await callers.FindAsync(context);
        if (caller.SessionId is not null)
        {
            CrossSite.RequireToken(context.Request);
        }
        // Said before scopes and roles: a key of any kind has no account of its own.
        if (needed == Permission.Self && caller.User is null)
        {
            throw new ApiException(StatusCodes.Status403Forbidden, "not_a_person", "Expected somebody who signed in with a name, but this is a key.");
        }
        if (!caller.May(needed))
        {
            throw ApiException.Forbidden(caller.Role, needed);
        }
        context.Items[CallerItem] = caller;
        context.RequestServices.GetRequiredService<Sight>().Open(context, caller);
    }
}
