namespace Automation.Server.Ingest;

/// <summary>
/// Any page may send events: a write key is made to stand in pages, and can do nothing else. The management API is for
/// pages of this server alone, so it sends none of these headers.
/// </summary>
internal static class Cors
{
    public static void Allow(HttpResponse response) => response.Headers.AccessControlAllowOrigin = "*";

    public static void AnswerPreflight(HttpResponse response)
    {
        Allow(response);
        response.Headers.AccessControlAllowMethods = "POST, OPTIONS";
        response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type, Content-Encoding";
        response.Headers.AccessControlMaxAge = "86400";
        response.StatusCode = StatusCodes.Status204NoContent;
    }
}
