using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Automation.Server.Security;
using Automation.Server.SignIn;
using Xunit;

namespace Automation.Server.Tests.SignIn;

/// <summary>Somebody's browser: keeps the session's cookie and knows the page's token.</summary>
internal sealed class Browser(RunningServer server)
{
    public const string Password = "three blind mice run";

    /// <summary>The cookie's text; empty when there is none.</summary>
    public string Cookie { get; set; } = "";

    public string Token { get; set; } = "";

    /// <summary>The last answer's Set-Cookie, as it came.</summary>
    public string SetCookie { get; private set; } = "";

    /// <summary>A user of that role, who has used the invitation and is signed in.</summary>
    public static async Task<Browser> InvitedAsync(RunningServer server, string name, Role role)
    {
        var invited = await server.AskAsync(HttpMethod.Post, "/api/users", new { name, role = Permissions.NameOf(role) });
        var browser = new Browser(server);
        var (status, body) = await browser.UseAsync(LinkOf(invited.GetProperty("link")));
        Assert.True(status == 200, $"The invitation answered {status}: {body}");
        return browser;
    }

    /// <summary>What stands behind the path of a link.</summary>
    public static string LinkOf(JsonElement link) => link.GetProperty("path").GetString()!.Split('/')[^1];

    public Task<(int Status, JsonElement Body)> UseAsync(string link, string? name = null, string password = Password) =>
        SendAsync(HttpMethod.Post, "/api/links/use", name is null ? new { link, password } : new { link, password, name });

    public Task<(int Status, JsonElement Body)> SignInAsync(string name, string password = Password, string? code = null) =>
        SendAsync(HttpMethod.Post, "/api/session", code is null ? new { name, password } : new { name, password, code });

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? json = null, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, json);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var body = text.Length > 0 && text[0] is '{' or '[' ? JsonElement.Parse(text) : default;
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            SetCookie = cookies.Single();
            Cookie = SetCookie.Split(';')[0].Split('=', 2)[1];
        }
        if (response.IsSuccessStatusCode && body.ValueKind == JsonValueKind.Object && body.TryGetProperty("csrf_token", out var token))
        {
            Token = token.GetString()!;
        }
        return ((int)response.StatusCode, body);
    }

    public async Task<int> GetAsync(string path = "/api/session") => (await SendAsync(HttpMethod.Get, path)).Status;

    public HttpRequestMessage Request(HttpMethod method, string path, object? json = null, bool withToken = true)
    {
        var request = new HttpRequestMessage(method, path);
        if (Cookie.Length > 0)
        {
            request.Headers.Add("Cookie", $"{SessionCookie.PlainName}={Cookie}");
        }
        if (withToken && Token.Length > 0)
        {
            request.Headers.Add(SessionCookie.TokenHeader, Token);
        }
        if (json is not null)
        {
            request.Content = json is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(json);
        }
        return request;
    }
}
