using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Automation.Connectors.Testing;

/// <summary>A real HTTP server on the loopback interface that plays a vendor, and misbehaves as it is told.</summary>
public sealed class VendorDouble : IAsyncDisposable
{
    /// <summary>"The system is busy" in GB 18030.</summary>
    private static readonly byte[] ForeignPage = [0x3C, 0x70, 0x3E, 0xCF, 0xB5, 0xCD, 0xB3, 0xB7, 0xB1, 0xC3, 0xA6, 0x3C, 0x2F, 0x70, 0x3E];

    private readonly WebApplication _server;
    private readonly ConnectorRig _rig;
    private readonly ConcurrentQueue<Fault> _faults = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _drips = new(0);
    private int _sends;

    private VendorDouble(WebApplication server, ConnectorRig rig, VendorMemory memory)
    {
        _server = server;
        _rig = rig;
        Memory = memory;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>What it knows.</summary>
    public VendorMemory Memory { get; }

    /// <summary>Every request so far.</summary>
    public ConcurrentQueue<VendorRequest> Requests { get; } = [];

    /// <summary>How many requests were there to send messages.</summary>
    public int Sends => Volatile.Read(ref _sends);

    /// <summary>Completes when an answer is held back by a fault.</summary>
    public Task Held => _held.Task;

    /// <summary>Called after each request that sends.</summary>
    public Action AfterSend { get; set; } = static () => { };

    /// <summary>What went wrong within the double itself: a rig that cannot read a request.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Starts one.</summary>
    /// <param name="rig">Knows how the vendor speaks.</param>
    /// <param name="time">The clock.</param>
    public static async Task<VendorDouble> StartAsync(ConnectorRig rig, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var vendor = new VendorDouble(builder.Build(), rig, new VendorMemory(time));
        vendor._server.Run(vendor.TakeAsync);
        await vendor._server.StartAsync();
        vendor.Address = new Uri(vendor._server.Urls.Single());
        return vendor;
    }

    /// <summary>The next requests that send meet these faults, one each.</summary>
    /// <param name="faults">In order.</param>
    public void Plan(params ReadOnlySpan<Fault> faults)
    {
        foreach (var fault in faults)
        {
            _faults.Enqueue(fault);
        }
    }

    /// <summary>Lets the next byte of a dripping answer go.</summary>
    public void Drip() => _drips.Release();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
        _drips.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var query = context.Request.QueryString.Value ?? "";
        var request = new VendorRequest
        {
            Method = context.Request.Method.ToUpperInvariant(),
            Path = context.Request.Path.Value ?? "/",
            RawQuery = query.Length > 0 ? query[1..] : "",
            Query = VendorRequest.Pairs(query.Length > 0 ? query[1..] : ""),
            Headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = body.ToArray(),
        };
        Requests.Enqueue(request);
        try
        {
            if (!_rig.IsSend(request))
            {
                await WriteAsync(context, _rig.Answer(request, Memory));
                return;
            }

            Interlocked.Increment(ref _sends);
            await MeetAsync(context, request, _faults.TryDequeue(out var fault) ? fault : Fault.None);
        }
        catch (Exception error) when (error is not (OperationCanceledException or IOException))
        {
            Failure ??= error;
            context.Abort();
        }
        finally
        {
            AfterSend();
        }
    }

    private async Task MeetAsync(HttpContext context, VendorRequest request, Fault fault)
    {
        switch (fault)
        {
            case Fault.Busy:
                await WriteAsync(context, _rig.Busy(null));
                break;
            case Fault.BusyForSevenSeconds:
                await WriteAsync(context, _rig.Busy(TimeSpan.FromSeconds(7)));
                break;
            case Fault.InnerError:
                await WriteAsync(context, _rig.InnerError());
                break;
            case Fault.SilentAfterTaking:
                _rig.Answer(request, Memory);
                _held.TrySetResult();
                await _released.Task.WaitAsync(context.RequestAborted);
                break;
            case Fault.ResetAfterTaking:
                _rig.Answer(request, Memory);
                Reset(context);
                break;
            case Fault.CutShort:
                await CutAsync(context, _rig.Answer(request, Memory));
                break;
            case Fault.Dripping:
                await DripAsync(context, _rig.Answer(request, Memory));
                break;
            case Fault.WrongCharacters:
                _rig.Answer(request, Memory);
                await WriteAsync(context, new VendorReply(200, ForeignPage, "text/html; charset=gb18030"));
                break;
            default:
                await WriteAsync(context, _rig.Answer(request, Memory));
                break;
        }
    }

    private static async Task WriteAsync(HttpContext context, VendorReply reply)
    {
        Head(context, reply);
        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }

    private static async Task CutAsync(HttpContext context, VendorReply reply)
    {
        // The server closes the connection by itself when an answer is shorter than it said.
        var whole = reply.Body.Length > 1 ? reply : reply with { Body = "an answer in full"u8.ToArray() };
        Head(context, whole);
        await context.Response.Body.WriteAsync(whole.Body.AsMemory(0, whole.Body.Length / 2), context.RequestAborted);
    }

    private async Task DripAsync(HttpContext context, VendorReply reply)
    {
        // White space before the answer is legal JSON: a reader that waits for the end has no reason to give up.
        Head(context, reply with { Body = new byte[100_000] });
        await context.Response.Body.FlushAsync(context.RequestAborted);
        _held.TrySetResult();
        while (true)
        {
            await _drips.WaitAsync(context.RequestAborted);
            await context.Response.Body.WriteAsync(" "u8.ToArray(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static void Head(HttpContext context, VendorReply reply)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = reply.Body.Length;
        if (reply.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = wait;
        }
    }

    private static void Reset(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }

        context.Abort();
    }
}
