using System.Security.Cryptography;
using System.Text;

namespace Automation.Server.SignIn;

/// <summary>
/// The session in a browser: a cookie that no script reads and that goes with no other site's request. Over HTTPS it has the prefix
/// <c>__Host-</c>, which no neighbour under the same domain can set; over plain HTTP browsers would not take that.
/// </summary>
internal static class SessionCookie
{
    public const string SafeName = "__Host-automation";
    public const string PlainName = "automation";

    /// <summary>Where a page says that it is ours, with every change it asks for.</summary>
    public const string TokenHeader = "X-CSRF-Token";

    public static string Secret(HttpRequest request) => request.Cookies[NameFor(request)] ?? "";

    public static void Give(HttpContext context, string secret) =>
        context.Response.Cookies.Append(NameFor(context.Request), secret, Options(context.Request));

    public static void Take(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), Options(context.Request));

    /// <summary>
    /// What a page of ours knows and no other: it follows from the session, so it needs no place of its own, and it tells nothing of the
    /// session, so a page may keep it.
    /// </summary>
    public static string TokenOf(string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "csrf"u8));

    private static string NameFor(HttpRequest request) => request.IsHttps ? SafeName : PlainName;

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
    };
}
