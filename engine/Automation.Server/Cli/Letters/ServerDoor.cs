using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Automation.Server.Cli.Letters;

/// <summary>Asks a server that runs, with a key.</summary>
internal sealed class ServerDoor : IDisposable
{
    private readonly HttpClient _http;

    public ServerDoor(string server, string key)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address))
        {
            throw new CannotRunException("bad_server", $"Expected an address such as {Options.DefaultUrl} after --server, but found '{server}'.");
        }
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<JsonElement> AskAsync(HttpMethod method, string path, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            using var answer = await _http.SendAsync(request, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return answer.IsSuccessStatusCode
                ? JsonElement.Parse(text)
                : throw new CannotRunException("server_refused", string.Create(
                    CultureInfo.InvariantCulture, $"Expected the server to do it, but it answered {(int)answer.StatusCode}: {text}"));
        }
        catch (HttpRequestException problem)
        {
            throw new CannotRunException("no_server", $"Expected a server at {_http.BaseAddress}, but it cannot be reached: {problem.Message}", problem);
        }
    }

    public void Dispose() => _http.Dispose();
}
