using System.Text;
using System.Text.Json;

namespace Automation.Connectors.Testing;

/// <summary>One request as the vendor's double got it.</summary>
public sealed record VendorRequest
{
    /// <summary>Upper case.</summary>
    public required string Method { get; init; }

    /// <summary>As in <c>/cgi-bin/token</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The query as it came, without the question mark: signatures are computed over it.</summary>
    public required string RawQuery { get; init; }

    /// <summary>The query, decoded.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    /// <summary>Names compare without case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body's bytes.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The body as strict UTF-8.</summary>
    /// <exception cref="PromiseBrokenException">It is not UTF-8.</exception>
    public string Text
    {
        get
        {
            try
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Body);
            }
            catch (DecoderFallbackException)
            {
                throw new PromiseBrokenException("Expected a body in UTF-8, but got other bytes.");
            }
        }
    }

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>The body as a form, <c>a=1&amp;b=2</c>.</summary>
    public IReadOnlyDictionary<string, string> Form => Pairs(Text);

    /// <summary>Reads <c>a=1&amp;b=2</c>; the first of repeated names counts.</summary>
    /// <param name="text">The encoded text.</param>
    public static IReadOnlyDictionary<string, string> Pairs(string text)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            pairs.TryAdd(Decoded(at < 0 ? pair : pair[..at]), at < 0 ? "" : Decoded(pair[(at + 1)..]));
        }

        return pairs;
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

/// <summary>What the vendor's double answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The body's bytes.</param>
/// <param name="ContentType">Value of <c>Content-Type</c>.</param>
public sealed record VendorReply(int Status, byte[] Body, string ContentType)
{
    /// <summary>Value of <c>Retry-After</c>; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>An answer in JSON.</summary>
    /// <param name="json">The text.</param>
    /// <param name="status">HTTP status. Default: 200.</param>
    public static VendorReply Json(string json, int status = 200) =>
        new(status, Encoding.UTF8.GetBytes(json), "application/json; charset=utf-8");

    /// <summary>An answer in JSON.</summary>
    /// <param name="value">What is written, with its properties' names as they are.</param>
    /// <param name="status">HTTP status. Default: 200.</param>
    public static VendorReply Json(object value, int status = 200) => Json(JsonSerializer.Serialize(value), status);

    /// <summary>A status without a body.</summary>
    /// <param name="status">HTTP status.</param>
    public static VendorReply Empty(int status) => new(status, [], "text/plain");
}
