using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Automation.Server.Cli;

/// <summary>A server that runs, for commands that ask it instead of opening its store.</summary>
internal sealed class ServerClient : IDisposable
{
    private readonly HttpClient _http;

    /// <exception cref="CannotRunException">The address is none.</exception>
    public ServerClient(string server, string key)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address))
        {
            throw new CannotRunException("bad_server", $"Expected an address such as {Options.DefaultUrl} after --server, but found '{server}'.");
        }
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <returns>The answer's body; undefined where it has none.</returns>
    /// <exception cref="CannotRunException">There is no server, or it refused; with its own words.</exception>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        try
        {
            using var answer = await _http.SendAsync(request, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return !answer.IsSuccessStatusCode ? throw Refused((int)answer.StatusCode, text)
                : text.Length == 0 ? default
                : JsonElement.Parse(text);
        }
        catch (HttpRequestException problem)
        {
            throw new CannotRunException("no_server", $"Expected a server at {_http.BaseAddress}, but it cannot be reached: {problem.Message}", problem);
        }
    }

    public void Dispose() => _http.Dispose();

    private static CannotRunException Refused(int status, string text)
    {
        var (said, code) = (text, (string?)null);
        try
        {
            var problem = JsonElement.Parse(text);
            if (problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("detail", out var detail))
            {
                said = detail.GetString() ?? text;
                code = problem.TryGetProperty("code", out var known) ? known.GetString() : null;
            }
        }
        catch (JsonException)
        {
            // Something between here and the server answered, in words of its own.
        }
        var hint = status is 401 or 403 ? " Look at --key." : "";
        return new CannotRunException("server_refused", string.Create(
            CultureInfo.InvariantCulture, $"Expected the server to do it, but it answered {status}: {said}{hint}")) { Problem = code };
    }
}
