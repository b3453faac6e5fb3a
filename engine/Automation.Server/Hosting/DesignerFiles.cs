using System.Collections.Frozen;
using System.IO.Compression;
using Automation.Server.Security;
using Microsoft.AspNetCore.StaticFiles;

namespace Automation.Server.Hosting;

/// <summary>
/// The designer, as its build left it beside the program. Only files that were there at the start are served, so that no path can
/// lead elsewhere; each is packed once, when it is first asked for.
/// </summary>
internal static class DesignerFiles
{
    // Ant Design writes its styles into the page; everything else comes from files of this server.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>False where the server was built without the designer.</summary>
    public static bool Map(IEndpointRouteBuilder routes)
    {
        var root = Path.Combine(AppContext.BaseDirectory, "designer");
        if (!File.Exists(Path.Combine(root, "index.html")))
        {
            return false;
        }
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .ToFrozenDictionary(path => Path.GetRelativePath(root, path).Replace('\\', '/'), path => new ServedFile(path), StringComparer.Ordinal);
        Serve(routes, "/", "index.html", files);
        foreach (var name in files.Keys.Where(name => !name.Contains('/') && name != "index.html"))
        {
            Serve(routes, "/" + name, name, files);
        }
        routes.MapGet("/assets/{name}", (HttpContext context, string name) => Answer(context, files.GetValueOrDefault("assets/" + name), forEver: true))
            .Needs(Permission.None).ExcludeFromDescription();
        return true;
    }

    private static void Serve(IEndpointRouteBuilder routes, string path, string name, FrozenDictionary<string, ServedFile> files) =>
        routes.MapMethods(path, Pages.GetOrHead, (HttpContext context) => Answer(context, files[name], forEver: false)).Needs(Permission.None).ExcludeFromDescription();

    private static IResult Answer(HttpContext context, ServedFile? file, bool forEver)
    {
        if (file is null)
        {
            return Results.NotFound();
        }
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // An asset's name holds a hash of its content, so it never changes; the page that names them does.
        headers.CacheControl = forEver ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            headers.ContentEncoding = "br";
            return Results.Bytes(file.Packed.Value, file.ContentType);
        }
        return Results.File(file.Path, file.ContentType);
    }

    private sealed class ServedFile(string path)
    {
        private static readonly FileExtensionContentTypeProvider Types = new();

        public string Path { get; } = path;

        public string ContentType { get; } = Types.TryGetContentType(path, out var type)
            ? type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type
            : "application/octet-stream";

        public Lazy<byte[]> Packed { get; } = new(() => Pack(path));

        private static byte[] Pack(string path)
        {
            using var packed = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
            using (var file = File.OpenRead(path))
            {
                file.CopyTo(brotli);
            }
            return packed.ToArray();
        }
    }
}
