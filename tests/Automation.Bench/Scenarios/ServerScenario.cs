using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Automation.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace Automation.Bench.Scenarios;

/// <summary>
/// The server as people meet it: events over HTTP, with the sender in the same process and so on the same two cores, and the time from
/// the start of the process until it takes events.
/// </summary>
internal static class ServerScenario
{
    private const int Senders = 32;
    private const int Warm = 2_000;

    public static async Task<IReadOnlyList<Figure>> IngestAsync()
    {
        var directory = Directory.CreateTempSubdirectory("automation-bench-");
        using var keys = new StringWriter(CultureInfo.InvariantCulture);
        await using var app = ServerHost.Build(new ServerOptions
        {
            Data = directory.FullName, Urls = "http://127.0.0.1:0", FirstKeys = keys, LogLevel = LogLevel.Warning,
        });
        await app.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Senders }) { BaseAddress = new Uri(app.Urls.First()) };
        var writeKey = keys.ToString().Split("write key: ")[1].Split('\n')[0].Trim();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(writeKey + ":")));

        await SendAsync(http, "/v1/track", 0, Warm, Track);
        var single = await SendAsync(http, "/v1/track", Warm, 20_000, Track);
        await SendAsync(http, "/v1/batch", 0, Warm / 10, Batch);
        var batched = 100 * await SendAsync(http, "/v1/batch", Warm, 2_000, Batch);
        await app.StopAsync();
        directory.Delete(recursive: true);
        return
        [
            new Figure("ingest", "track calls over HTTP, durable when answered, 32 at a time", single, "/s"),
            new Figure("ingest", "events over HTTP in batches of 100, durable when answered", batched, "/s"),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> StartAsync()
    {
        var times = new List<double>();
        for (var run = 0; run < 5; run++)
        {
            times.Add(await TimeToReadyAsync());
        }
        return
        [
            new Figure("start", "serve to ready, empty directory, first run", times[0], "s", AtMost: 2),
            new Figure("start", "serve to ready, empty directory, median of five", times.Order().ElementAt(2), "s", AtMost: 2),
        ];
    }

    private static async Task<double> SendAsync(HttpClient http, string path, int first, int count, Func<int, string> body)
    {
        var next = first - 1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            for (var n = Interlocked.Increment(ref next); n < first + count; n = Interlocked.Increment(ref next))
            {
                using var content = new StringContent(body(n), Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync(path, content);
                answer.EnsureSuccessStatusCode();
            }
        }));
        return count / watch.Elapsed.TotalSeconds;
    }

    private static string Track(int n) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"type":"track","messageId":"{{{Guid.CreateVersion7()}}}","userId":"u{{{n % 10_000}}}","event":"product_viewed","properties":{"sku":"s-{{{n % 977}}}","amount":{{{n % 500}}}.5,"source":"mini_program"}}""");

    private static string Batch(int n) => $$"""{"batch":[{{string.Join(',', Enumerable.Range(n * 100, 100).Select(Track))}}]}""";

    private static async Task<double> TimeToReadyAsync()
    {
        var directory = Directory.CreateTempSubdirectory("automation-bench-");
        var port = FreePort();
        var watch = Stopwatch.StartNew();
        using var server = Process.Start(new ProcessStartInfo("dotnet", ["automation.dll", "serve", "--data", directory.FullName, "--urls", $"http://127.0.0.1:{port}"])
        {
            WorkingDirectory = AppContext.BaseDirectory, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var http = new HttpClient();
        while (!await IsReadyAsync(http, port))
        {
            await Task.Delay(5);
        }
        var seconds = watch.Elapsed.TotalSeconds;
        server.Kill();
        await server.WaitForExitAsync();
        directory.Delete(recursive: true);
        return seconds;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, int port)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/readyz"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // Nobody listens yet.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
