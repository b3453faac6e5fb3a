using System.Reflection;
using Automation.Core.Journeys.Documents;
using Automation.Server.Security;

namespace Automation.Server.Hosting;

/// <summary>The few pages and files that are served as they are.</summary>
internal static class Pages
{
    /// <summary>Load balancers and link checkers ask with HEAD.</summary>
    public static readonly string[] GetOrHead = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var landing = Read("pages/landing.html");
        var sandbox = Read("pages/sandbox.html");
        var schema = JourneySchema.Utf8.ToArray();
        if (!DesignerFiles.Map(routes))
        {
            routes.MapMethods("/", GetOrHead, (HttpContext context) => Html(context, landing)).Needs(Permission.None).ExcludeFromDescription();
        }
        routes.MapGet("/sandbox", (HttpContext context) => Html(context, sandbox)).Needs(Permission.Read).ExcludeFromDescription();
        routes.MapGet("/schema/journey.schema.json", () => Results.Bytes(schema, "application/schema+json"))
            .Needs(Permission.Read).WithTags("schema").WithName("schema_journey").WithSummary("JSON Schema of journey documents.");
    }

    private static IResult Html(HttpContext context, byte[] page)
    {
        // The pages hold their own script and style and load nothing from elsewhere, whatever a message's text tries.
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(page, "text/html; charset=utf-8");
    }

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Expected the resource {name} in the assembly, but it is missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
