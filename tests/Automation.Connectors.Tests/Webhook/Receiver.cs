using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Automation.Connectors.Tests.Webhook;

/// <summary>One request as the receiver saw it.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A real HTTP server on the loopback interface that answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly Channel<Received> _arrivals = System.Threading.Channels.Channel.CreateUnbounded<Received>();

    private Receiver(WebApplication server) => _server = server;

    /// <summary>What to answer, after the whole request was read. Default: 200 without a body.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = static _ => Task.CompletedTask;

    public ConcurrentQueue<Received> Requests { get; } = [];

    public int Port { get; private set; }

    public string Url => $"http://127.0.0.1:{Port}/hook";

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._server.Run(receiver.TakeAsync);
        await receiver._server.StartAsync();
        receiver.Port = new Uri(receiver._server.Urls.Single()).Port;
        return receiver;
    }

    /// <summary>Waits until the next request has arrived whole.</summary>
    public async Task<Received> ArrivalAsync() => await _arrivals.Reader.ReadAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = new Received(
            context.Request.Path,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        Requests.Enqueue(received);
        await _arrivals.Writer.WriteAsync(received);
        await Answer(context);
    }
}
