using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Automation.Sandbox;

/// <summary>A request to a stand-in.</summary>
internal sealed record SandboxRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonElement Json => Body.Length == 0 ? JsonElement.Parse("{}"u8) : JsonElement.Parse(Body);

    public IReadOnlyDictionary<string, string> Form =>
        QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(Body)).ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.Ordinal);

    public static async Task<SandboxRequest> ReadAsync(HttpRequest request, string path)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return new SandboxRequest(
            request.Method,
            path,
            request.Query.ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.Ordinal),
            request.Headers.ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
    }

    public string Header(string name) => Headers.GetValueOrDefault(name) ?? "";
}

/// <summary>An answer of a stand-in.</summary>
internal sealed record SandboxReply(int Status, byte[] Body, string ContentType)
{
    public static SandboxReply Json(object value, int status = 200) => new(status, JsonSerializer.SerializeToUtf8Bytes(value), "application/json");

    public static SandboxReply Text(string json) => new(200, System.Text.Encoding.UTF8.GetBytes(json), "application/json");
}

/// <summary>One vendor's stand-in.</summary>
internal interface IVendorDesk
{
    Plan Plan { get; }

    /// <summary>Whether the request is there to send, and not to ask or to get a token: only then it meets a mood.</summary>
    bool Sends(SandboxRequest request);

    /// <summary>Checks everything that the vendor checks, and does what was asked.</summary>
    SandboxReply Answer(SandboxRequest request);

    /// <summary>"Too much", as this vendor says it.</summary>
    SandboxReply Busy();

    /// <summary>"Something broke", as this vendor says it.</summary>
    SandboxReply Broken();

    /// <summary>How often a token was asked for; 0 where there are none.</summary>
    int TokensAsked => 0;

    /// <summary>All tokens so far are good no more; nothing where there are none.</summary>
    void ExpireTokens();
}
