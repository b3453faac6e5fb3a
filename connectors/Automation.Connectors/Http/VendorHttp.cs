using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Automation.Connectors.Http;

/// <summary>
/// Requests to a vendor, each with one time limit for all of it, and an answer that says how far it came. It throws for nothing
/// that a network or a vendor does. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// var answer = await _http.SendAsync(HttpMethod.Post, uri, body, "application/json", headers, cancellation);
/// if (!answer.TryJson(out var json)) { return answer.Result(message); }
/// </code>
/// </example>
public sealed class VendorHttp : IDisposable
{
    private readonly HttpClient _client;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly int _answerBytesMax;

    /// <summary>Makes it.</summary>
    /// <param name="services">For the client and the clock.</param>
    /// <param name="account">The account's key, for metrics.</param>
    /// <param name="timeout">From the first byte to the last of a request and its answer; greater than zero.</param>
    /// <param name="answerBytesMax">A longer answer is cut off and counts as not read. Default: 1 MiB.</param>
    public VendorHttp(ConnectorServices services, string account, TimeSpan timeout, int answerBytesMax = 1024 * 1024)
    {
        _client = services.HttpClient(account);
        _client.Timeout = Timeout.InfiniteTimeSpan; // The limit below is by the connector's clock.
        _time = services.Time;
        _timeout = timeout;
        _answerBytesMax = answerBytesMax;
    }

    /// <summary>Sends one request.</summary>
    /// <param name="method">GET or POST.</param>
    /// <param name="uri">The whole address. Its query may hold a token: it is never repeated in a text.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="contentType">The exact value of <c>Content-Type</c>; null for none.</param>
    /// <param name="headers">More headers. <c>Host</c> may be among them.</param>
    /// <param name="cancellation">Ends waiting; the answer then says how far the request came.</param>
    public async ValueTask<VendorAnswer> SendAsync(
        HttpMethod method,
        Uri uri,
        byte[]? body,
        string? contentType,
        IEnumerable<KeyValuePair<string, string>> headers,
        CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return NotSent("cancelled", "Expected time to send, but sending was cancelled before it began.");
        }

        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        using var content = body is null ? null : new WatchedContent(body, contentType);
        using var request = new HttpRequestMessage(method, uri) { Content = content, Version = HttpVersion.Version11 };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var status = 0;
        TimeSpan? retryAfter = null;
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            status = (int)response.StatusCode;
            retryAfter = RetryAfter(response);
            return await ReadAsync(response, status, retryAfter, either.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // A request without a body is wholly sent with its headers, and nothing tells when that was; but not before the handshake.
            return content is { Begun: true } || (content is null && !IsOfHandshake(error))
                ? PerhapsSent(cancellation.IsCancellationRequested, timeout.IsCancellationRequested, status, retryAfter)
                : NotSent(error, cancellation.IsCancellationRequested, timeout.IsCancellationRequested);
        }
    }

    /// <summary>Disposes the client; its pool lives on.</summary>
    public void Dispose() => _client.Dispose();

    private async ValueTask<VendorAnswer> ReadAsync(
        HttpResponseMessage response, int status, TimeSpan? retryAfter, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[Math.Min(_answerBytesMax, response.Content.Headers.ContentLength ?? 4096) + 1];
        var read = 0;
        while (true)
        {
            read += await stream.ReadAtLeastAsync(buffer.AsMemory(read), buffer.Length - read, throwOnEndOfStream: false, cancellation);
            if (read < buffer.Length)
            {
                break;
            }

            if (read > _answerBytesMax)
            {
                return new VendorAnswer
                {
                    Reach = VendorReach.PerhapsSent,
                    Status = status,
                    RetryAfter = retryAfter,
                    Code = "answer_too_long",
                    Text = string.Create(CultureInfo.InvariantCulture, $"Expected an answer of at most {_answerBytesMax} bytes, but it is longer."),
                };
            }

            Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 4, _answerBytesMax + 1L));
        }

        ReadOnlyMemory<byte> whole = buffer.AsMemory(0, read);
        return new VendorAnswer
        {
            Reach = VendorReach.Answered,
            Status = status,
            RetryAfter = retryAfter,
            Code = string.Create(CultureInfo.InvariantCulture, $"http_{status}"),
            Body = whole.Span.StartsWith("\uFEFF"u8) ? whole[3..] : whole,
        };
    }

    private static VendorAnswer PerhapsSent(bool cancelled, bool timedOut, int status, TimeSpan? retryAfter)
    {
        var (seen, code) = (cancelled, timedOut) switch
        {
            (true, _) => ("sending was cancelled before", "cancelled"),
            (_, true) => ("none came in time", "timeout"),
            _ => ("the connection ended before", "connection_lost"),
        };
        return new VendorAnswer
        {
            Reach = VendorReach.PerhapsSent,
            Status = status,
            RetryAfter = retryAfter,
            Code = code,
            Text = $"Expected a whole answer to the request, but {seen}.",
        };
    }

    private static VendorAnswer NotSent(Exception error, bool cancelled, bool timedOut)
    {
        if (IsOfHandshake(error))
        {
            return NotSent("tls_failed", "Expected a valid certificate from the vendor, but the TLS handshake failed.");
        }

        var (seen, code) = error switch
        {
            _ when cancelled => ("sending was cancelled before", "cancelled"),
            _ when timedOut => ("it did not open in time", "connect_timeout"),
            { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } }
                => ("its name does not resolve", "name_not_resolved"),
            { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } }
                => ("it was refused", "connection_refused"),
            _ => ("it failed", "connection_failed"),
        };
        return NotSent(code, $"Expected a connection to the vendor, but {seen}.");
    }

    private static bool IsOfHandshake(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is System.Security.Authentication.AuthenticationException)
            {
                return true;
            }
        }

        return false;
    }

    private static VendorAnswer NotSent(string code, string text) => new() { Reach = VendorReach.NotSent, Code = code, Text = text };

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - _time.GetUtcNow());
        return wait is { } asked ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, VendorAnswer.RetryAfterMax.Ticks)) : null;
    }
}
