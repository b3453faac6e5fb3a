using System.Text;

namespace Automation.Server.Security;

/// <summary>The key in a request's header: user name of Basic, as Segment's SDKs send it, or a bearer token.</summary>
internal static class PresentedKey
{
    public static string? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return header["Bearer ".Length..].Trim();
        }
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || header.Length > 1_000)
        {
            // A header that says something else is a wrong key and not the lack of one.
            return header.Length == 0 ? null : "";
        }
        var encoded = header.AsSpan("Basic ".Length).Trim();
        Span<byte> decoded = stackalloc byte[1_000];
        if (!Convert.TryFromBase64Chars(encoded, decoded, out var length))
        {
            return "";
        }
        var pair = Encoding.UTF8.GetString(decoded[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? pair : pair[..colon];
    }
}
