using System.Net;
using System.Net.Sockets;
using Automation.Connectors.Http;
using Automation.Connectors.Webhook.Network;

namespace Automation.Connectors.Webhook;

/// <summary>
/// Posts messages to one address. Whether an exception means "not sent" or "perhaps sent" is decided by one fact: whether
/// the body had been begun to be written (<see cref="WatchedContent"/>).
/// </summary>
internal sealed class WebhookConnector : IConnector
{
    private static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(5);

    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly GuardedConnect _connect;
    private readonly HttpMessageInvoker _http;
    private readonly SemaphoreSlim _slots;

    public WebhookConnector(
        WebhookOptions options,
        ConnectorServices services,
        Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _options = options;
        _time = services.Time;
        _slots = new SemaphoreSlim(options.Concurrency);
        _connect = new GuardedConnect(options.PrivateNetworksAllowed, options.HostsAllowed, resolve);

        // Not the engine's shared client: the guard belongs to this account's configuration.
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = (context, cancellation) =>
                _connect.OpenAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation),
            ConnectTimeout = options.Timeout, // An attempt outlives its request, and would hold a place in the pool.
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None, // A small answer must not unfold into a large one.
            MaxResponseHeadersLength = 16, // KiB
            MaxResponseDrainSize = 64 * 1024, // Bytes left unread; beyond them the connection is given up.
            MaxConnectionsPerServer = options.Concurrency,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // So that a changed name is noticed, and checked again.
            ActivityHeadersPropagator = null,
        });
    }

    public async ValueTask<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation)
    {
        if (batch.Count == 0)
        {
            return [];
        }

        var sending = new Task<SendResult>[batch.Count];
        for (var i = 0; i < sending.Length; i++)
        {
            sending[i] = SendOneAsync(batch[i], cancellation);
        }

        return await Task.WhenAll(sending);
    }

    private async Task<SendResult> SendOneAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        if (MessageCheck.Refusal(WebhookManifest.Value, message) is { } refusal)
        {
            return refusal;
        }

        try
        {
            await _slots.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return Cancelled(message);
        }

        try
        {
            return await PostAsync(message, cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<SendResult> PostAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var (request, content) = WebhookRequest.Write(_options, message, _time.GetUtcNow());
        using (request)
        {
            try
            {
                using var response = await _http.SendAsync(request, either.Token);
                return await WebhookAnswer.ReadAsync(message, response, _options, _time.GetUtcNow(), either.Token);
            }
            catch (Exception e)
            {
                return content.Begun
                    ? PerhapsSent(message, cancellation.IsCancellationRequested, timeout.IsCancellationRequested)
                    : NotSent(message, e, cancellation.IsCancellationRequested, timeout.IsCancellationRequested);
            }
        }
    }

    private SendResult PerhapsSent(OutgoingMessage message, bool cancelled, bool timedOut)
    {
        var (seen, code) = (cancelled, timedOut) switch
        {
            (true, _) => ("sending was cancelled before", "cancelled"),
            (_, true) => ("none came in time", "timeout"),
            _ => ("the connection ended before", "connection_lost"),
        };
        var text = $"Expected an answer to the request, but {seen}.";

        return _options.ReceiverIsIdempotent
            ? SendResult.Failed(message, FailureReason.RetryLater, text, code)
            : SendResult.Unknown(message, text, code);
    }

    private static SendResult NotSent(OutgoingMessage message, Exception e, bool cancelled, bool timedOut)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is DestinationRefusedException)
            {
                return SendResult.Failed(message, FailureReason.FixConfiguration, cause.Message, "destination_refused");
            }

            if (cause is System.Security.Authentication.AuthenticationException)
            {
                return SendResult.Failed(
                    message,
                    FailureReason.FixConfiguration,
                    "Expected a valid certificate from the receiver, but the TLS handshake failed.",
                    "tls_failed");
            }
        }

        if (cancelled)
        {
            return Cancelled(message);
        }

        var (seen, code) = e switch
        {
            _ when timedOut => ("it did not open in time", "connect_timeout"),
            { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } }
                => ("its name does not resolve", "name_not_resolved"),
            { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } }
                => ("it was refused", "connection_refused"),
            _ => ("it failed", "connection_failed"),
        };
        return SendResult.Failed(
            message, FailureReason.RetryLater, $"Expected a connection to the receiver, but {seen}.", code);
    }

    private static SendResult Cancelled(OutgoingMessage message) => SendResult.Failed(
        message, FailureReason.RetryLater, "Expected time to send, but sending was cancelled before it began.", "cancelled");

    /// <summary>Opens a connection and closes it: a request of any kind could have effects at the receiver.</summary>
    public async ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(HealthTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            await using var stream = await _connect.OpenAsync(_options.Url.IdnHost, _options.Url.Port, either.Token);
            return ConnectorHealth.Ok("The receiver accepts connections.");
        }
        catch (DestinationRefusedException e)
        {
            return ConnectorHealth.Wrong(FailureReason.FixConfiguration, e.Message);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return ConnectorHealth.Wrong(
                FailureReason.RetryLater, "Expected a connection to the receiver, but it could not be opened.");
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _slots.Dispose();
        return ValueTask.CompletedTask;
    }
}
