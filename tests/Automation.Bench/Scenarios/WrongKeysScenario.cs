using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Automation.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace Automation.Bench.Scenarios;

/// <summary>
/// Somebody sends a thousand events a second with write keys that nobody gave them, each time another one: how long everybody else's
/// events take meanwhile. Both keep their pace whatever the answers do, so a server that falls behind cannot hide it.
/// </summary>
internal static class WrongKeysScenario
{
    private const int GoodPerSecond = 100;
    private const int WrongPerSecond = 1_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("automation-bench-");
        using var keys = new StringWriter(CultureInfo.InvariantCulture);
        await using var app = ServerHost.Build(new ServerOptions
        {
            Data = directory.FullName, Urls = "http://127.0.0.1:0", FirstKeys = keys, LogLevel = LogLevel.Error,
        });
        await app.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new Uri(app.Urls.First()) };
        var key = keys.ToString().Split("write key: ")[1].Split('\n')[0].Trim();

        await SendAsync(http, _ => key, GoodPerSecond, Warm, HttpStatusCode.OK);
        var alone = await SendAsync(http, _ => key, GoodPerSecond, Measured, HttpStatusCode.OK);
        var flood = SendAsync(http, n => FormattableString.Invariant($"am_write_{n:D43}"), WrongPerSecond, Warm + Measured, HttpStatusCode.Unauthorized);
        await SendAsync(http, _ => key, GoodPerSecond, Warm, HttpStatusCode.OK);
        var beside = await SendAsync(http, _ => key, GoodPerSecond, Measured - TimeSpan.FromSeconds(1), HttpStatusCode.OK);
        var refused = await flood;
        await app.StopAsync();
        directory.Delete(recursive: true);
        var (before, during) = (Percentile(alone, 0.99), Percentile(beside, 0.99));
        return
        [
            new Figure("wrong-keys", "track calls of others, 100 a second, p99, alone", before, "ms"),
            new Figure("wrong-keys", "the same beside 1,000 a second with wrong write keys, p99", during, "ms"),
            new Figure("wrong-keys", "how many times as long", during / before, "×", AtMost: 2),
            new Figure("wrong-keys", "calls with wrong keys that were refused", refused.Count / (Warm + Measured).TotalSeconds, "/s", AtLeast: 0.95 * WrongPerSecond),
        ];
    }

    /// <summary>By the clock, not by the answers: a late answer delays no later call.</summary>
    private static async Task<IReadOnlyCollection<double>> SendAsync(
        HttpClient http, Func<long, string> key, int perSecond, TimeSpan during, HttpStatusCode expected)
    {
        var took = new ConcurrentBag<double>();
        var calls = new List<Task>();
        using var pace = new PeriodicTimer(Tick);
        var watch = Stopwatch.StartNew();
        for (long sent = 0; watch.Elapsed < during && await pace.WaitForNextTickAsync();)
        {
            for (var due = (long)(watch.Elapsed.TotalSeconds * perSecond); sent < due; sent++)
            {
                calls.Add(SendOneAsync(http, key(sent), expected, took));
            }
        }
        await Task.WhenAll(calls);
        return took;
    }

    private static async Task SendOneAsync(HttpClient http, string key, HttpStatusCode expected, ConcurrentBag<double> took)
    {
        var from = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/track")
        {
            Content = new StringContent(
                $$"""{"type":"track","messageId":"{{Guid.CreateVersion7()}}","userId":"u{{from % 10_000}}","event":"product_viewed","properties":{"sku":"s-1"} }""",
                Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(key + ":")));
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode != expected)
        {
            throw new InvalidOperationException($"Expected {expected}, but the server answered {answer.StatusCode}.");
        }
        took.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
    }

    private static double Percentile(IReadOnlyCollection<double> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));
}
