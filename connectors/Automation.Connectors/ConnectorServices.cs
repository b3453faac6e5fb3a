using Automation.Connectors.Tokens;

namespace Automation.Connectors;

/// <summary>How loud a log entry is.</summary>
public enum ConnectorLogLevel
{
    /// <summary>Only for somebody who looks for a fault.</summary>
    Debug,

    /// <summary>Worth knowing, nothing to do.</summary>
    Information,

    /// <summary>Works, but somebody should look.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Error,
}

/// <summary>
/// What the engine lends to a connector. Plain framework types only, so that a connector needs no package but this one.
/// Every member has a default that works on its own, for tests.
/// </summary>
public sealed record ConnectorServices
{
    /// <summary>
    /// The clock. A connector takes every time and every delay from it, so that tests and the simulator can move it.
    /// </summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Gives an HTTP client over a shared connection pool: no cookies, no redirects, no proxy from the environment. The
    /// connector disposes the client; the pool lives on. The argument is the account's key, for metrics.
    /// </summary>
    public Func<string, HttpClient> HttpClient { get; init; } = static _ => new HttpClient(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    /// <summary>
    /// Keeps access tokens, so that a token is fetched once and shared: by all accounts of an application in this process, and by all
    /// processes where the engine has a store they share. Default: one of this object's own, in memory.
    /// </summary>
    public ITokenStore Tokens { get; init; } = new ProcessTokenStore(TimeProvider.System);

    /// <summary>
    /// Writes to the engine's log: level, one sentence, and the cause if there is one. The sentence holds no address, no name,
    /// no content and no secret. Default: nowhere.
    /// </summary>
    public Action<ConnectorLogLevel, string, Exception?> Log { get; init; } = static (_, _, _) => { };

    /// <summary>
    /// Hands receipts to the engine that did not come through <see cref="IReceiptHandler"/>. When the task completes, they are
    /// stored; when it throws, they are not, and the connector offers them again. The same receipt may be offered twice.
    /// Default: dropped.
    /// </summary>
    public Func<IReadOnlyList<Receipt>, ValueTask> PublishReceipts { get; init; } = static _ => ValueTask.CompletedTask;
}
