using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Automation.Server.Tests.Cli;

/// <summary>Runs the commands that a page of the documentation shows, as far as the pages use a shell: automation, curl and jq, variables and one redirection.</summary>
internal sealed class DocumentedShell(string folder, IReadOnlyDictionary<string, string> variables) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>The commands of one section, block after block.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Blocks(string page, string section)
    {
        var lines = File.ReadAllLines(page).SkipWhile(line => line != section).Skip(1).TakeWhile(line => !line.StartsWith("##", StringComparison.Ordinal)).ToList();
        var blocks = new List<IReadOnlyList<string>>();
        while (lines.IndexOf("```sh") is >= 0 and var start)
        {
            var end = lines.IndexOf("```", start);
            blocks.Add(lines[(start + 1)..end]);
            lines.RemoveRange(0, end + 1);
        }
        return blocks;
    }

    /// <summary>What it wrote; throws where it did not succeed.</summary>
    public async Task<string> RunAsync(string line)
    {
        var words = Words(line);
        var output = words[0] switch
        {
            "automation" => await AutomationAsync([.. words.Skip(1).Select((word, i) => IsFile(words[i]) ? Path.Combine(folder, word) : word)]),
            "curl" => await CurlAsync(words),
            "jq" => JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder, words[3]))).GetProperty(words[2].TrimStart('.')).GetString()!,
            var other => throw new NotSupportedException($"Expected automation, curl or jq, but found {other}."),
        };
        if (words.IndexOf(">") is > 0 and var to)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, words[to + 1]), output);
        }
        return output;
    }

    public void Dispose() => _http.Dispose();

    private static bool IsFile(string option) => option is "--out" or "--anchor" or "--public-key";

    private static async Task<string> AutomationAsync(string[] arguments)
    {
        var run = await CliRun.Of(arguments);
        return run.Code == 0 ? run.Output : throw new InvalidOperationException($"automation {string.Join(' ', arguments)} ended with {run.Code}: {run.Error}{run.Output}");
    }

    private async Task<string> CurlAsync(List<string> words)
    {
        using var request = new HttpRequestMessage(
            words.IndexOf("-X") is > 0 and var method ? new HttpMethod(words[method + 1]) : HttpMethod.Get, words.First(word => word.StartsWith("http", StringComparison.Ordinal)));
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(words.First(word => word.StartsWith("Authorization: ", StringComparison.Ordinal))["Authorization: ".Length..]);
        foreach (var header in words.Where(word => word.StartsWith("If-Match: ", StringComparison.Ordinal)))
        {
            request.Headers.TryAddWithoutValidation("If-Match", header["If-Match: ".Length..]);
        }
        if (words.IndexOf("--data") is > 0 and var data)
        {
            request.Content = new StringContent(await File.ReadAllTextAsync(Path.Combine(folder, words[data + 1].TrimStart('@'))), Encoding.UTF8, "application/json");
        }
        using var response = await _http.SendAsync(request);
        var body = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        if (words.IndexOf("-o") is > 0 and var file)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, words[file + 1]), body);
        }
        return body;
    }

    private List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inQuotes = false;
        foreach (var letter in line + " ")
        {
            if (letter == '"')
            {
                inQuotes = !inQuotes;
            }
            else if (letter != ' ' || inQuotes)
            {
                word.Append(letter);
            }
            else if (word.Length > 0)
            {
                words.Add(variables.Aggregate(word.ToString(), (text, one) => text.Replace("$" + one.Key, one.Value, StringComparison.Ordinal)));
                word.Clear();
            }
        }
        return words;
    }
}
