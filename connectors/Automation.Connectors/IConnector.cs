namespace Automation.Connectors;

/// <summary>
/// Describes a connector and makes one for an account. A factory has no state of its own and is asked from several
/// threads.
/// </summary>
public interface IConnectorFactory
{
    /// <summary>What the connector can do. Constant for the lifetime of the process.</summary>
    ConnectorManifest Manifest { get; }

    /// <summary>Makes the connector of one account. It reads the configuration and opens nothing: no request leaves here.</summary>
    /// <param name="account">The configured account; its <see cref="ConnectorAccount.ConnectorKey"/> is the manifest's key.</param>
    /// <param name="services">What the engine lends to the connector.</param>
    /// <exception cref="ConnectorConfigurationException">The configuration or a secret is missing or wrong.</exception>
    IConnector Create(ConnectorAccount account, ConnectorServices services);
}

/// <summary>
/// Speaks to one vendor for one account. The engine calls it from several threads at once and disposes it when the account
/// changes or the process stops, after the calls under way have returned. A connector that also takes callbacks implements
/// <see cref="IReceiptHandler"/>.
/// </summary>
public interface IConnector : IAsyncDisposable
{
    /// <summary>
    /// Sends a batch. The engine has recorded the intent durably before the call.
    /// <list type="bullet">
    /// <item>One result per message, in the order of the batch; an empty batch gives an empty list.</item>
    /// <item>A message that cannot be sent (unknown channel, too large, wrong content) fails alone with its reason; the
    /// others are sent.</item>
    /// <item>When the token is cancelled the connector returns soon, and still with a result for each message:
    /// <see cref="FailureReason.RetryLater"/> for what certainly never left, <see cref="SendOutcome.Unknown"/> for what may have.</item>
    /// <item>A connector with <see cref="Idempotency.ByMessageId"/> gives the same message to the person once, however often
    /// its id comes.</item>
    /// </list>
    /// </summary>
    /// <param name="batch">
    /// Messages of this account: at most <see cref="ChannelLimits.BatchSizeMax"/>, and only of one channel. A larger batch
    /// is not an error: the connector splits it.
    /// </param>
    /// <param name="cancellation">Ends waiting. See above for what is returned.</param>
    /// <exception cref="ConnectorNotSentException">
    /// Certainly nothing of the batch left the process. The engine treats every message as failed with the exception's reason.
    /// </exception>
    /// <exception cref="Exception">
    /// Anything else, also an <see cref="OperationCanceledException"/>: bytes may have left, so the engine treats every
    /// message of the batch as <see cref="SendOutcome.Unknown"/>.
    /// </exception>
    ValueTask<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation);

    /// <summary>
    /// Asks the vendor what became of messages: those with an unknown outcome, and, when the manifest says
    /// <see cref="ReceiptDelivery.Pull"/>, accepted ones that still lack a receipt. Called only when
    /// <see cref="ConnectorManifest.CanQueryOutcome"/> is true or receipts are pulled.
    /// </summary>
    /// <param name="queries">What to ask about; at most <see cref="ChannelLimits.BatchSizeMax"/>.</param>
    /// <param name="cancellation">Ends waiting; asking changes nothing, so it may throw.</param>
    /// <returns>
    /// One result per query, in order. <see cref="SendOutcome.Failed"/> with <see cref="FailureReason.RetryLater"/> says that
    /// the vendor never got it, so it is sent again; <see cref="SendOutcome.Unknown"/> says that nothing is known yet.
    /// </returns>
    ValueTask<IReadOnlyList<SendResult>> QueryOutcomeAsync(
        IReadOnlyList<OutcomeQuery> queries, CancellationToken cancellation)
    {
        var results = new SendResult[queries.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = SendResult.Unknown(
                queries[i].Message, "Expected a connector that can be asked for outcomes, but this one cannot.");
        }

        return ValueTask.FromResult<IReadOnlyList<SendResult>>(results);
    }

    /// <summary>
    /// Checks that the account works, without sending anything to a person and within 10 seconds. For the account page and
    /// <c>connector test</c>.
    /// </summary>
    /// <param name="cancellation">Ends waiting; the method then throws <see cref="OperationCanceledException"/>.</param>
    ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation);
}

/// <summary>A question about one message.</summary>
/// <param name="Message">The message as it was sent.</param>
/// <param name="VendorMessageId">The vendor's id, when the vendor had given one before the outcome was lost.</param>
/// <param name="SentAt">When the last attempt began. Vendors ask for the day (Aliyun: within 30 days).</param>
public sealed record OutcomeQuery(OutgoingMessage Message, string? VendorMessageId, DateTimeOffset SentAt);

/// <summary>Whether an account works.</summary>
/// <param name="Healthy">True when messages can be sent now, as far as can be known without sending one.</param>
/// <param name="Code">A stable snake-case code: <c>ok</c>, or the reason, as <c>fix_configuration</c>.</param>
/// <param name="Text">One sentence for an operator, without credentials.</param>
public sealed record ConnectorHealth(bool Healthy, string Code, string Text)
{
    /// <summary>Everything works.</summary>
    /// <param name="text">One sentence that says what was checked.</param>
    public static ConnectorHealth Ok(string text) => new(true, "ok", text);

    /// <summary>Something is wrong.</summary>
    /// <param name="reason">What kind of wrong.</param>
    /// <param name="text">One sentence, "Expected …, but …".</param>
    public static ConnectorHealth Wrong(FailureReason reason, string text) => new(false, reason.Code(), text);
}
