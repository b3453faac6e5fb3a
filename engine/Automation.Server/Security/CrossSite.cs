using Automation.Server.Api;
using Automation.Server.SignIn;

namespace Automation.Server.Security;

/// <summary>
/// Keeps other sites' pages from using what a browser sends along by itself. Three walls, each enough alone: the cookie goes with no
/// other site's request (SameSite), the browser's word on where a request comes from, and a token that only our page knows.
/// </summary>
internal static class CrossSite
{
    /// <exception cref="ApiException">Another site's page asks for a change.</exception>
    public static void Refuse(HttpRequest request)
    {
        if (IsSafe(request.Method))
        {
            return;
        }
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        // Every browser of today says it in Sec-Fetch-Site, which no proxy changes; older ones say the origin.
        if (site.Length > 0 ? site is not ("same-origin" or "none") : origin.Length > 0 && !IsOurs(origin, request))
        {
            throw new ApiException(
                StatusCodes.Status403Forbidden, "cross_site", "Expected a change to come from a page of this server, but another site's page asked for it.");
        }
    }

    /// <summary>For who came in with a cookie; keys are sent on purpose and need none.</summary>
    public static void RequireToken(HttpRequest request)
    {
        if (!IsSafe(request.Method)
            && !Secrets.AreSame(SessionCookie.TokenOf(SessionCookie.Secret(request)), request.Headers[SessionCookie.TokenHeader].ToString()))
        {
            throw new ApiException(
                StatusCodes.Status403Forbidden, "missing_token", $"Expected the session's token in {SessionCookie.TokenHeader}, but it is not there or another one.");
        }
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // Behind a proxy that ends TLS the scheme may be another one here; a page of another host it is not.
    private static bool IsOurs(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Scheme is "http" or "https"
        && string.Equals(from.Authority, new HostString(request.Host.Value ?? "").Value, StringComparison.OrdinalIgnoreCase);
}
