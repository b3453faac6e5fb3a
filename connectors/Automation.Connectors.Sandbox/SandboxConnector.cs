using Automation.Connectors.Sandbox.Mailbox;

namespace Automation.Connectors.Sandbox;

/// <summary>
/// Acts like a vendor and delivers to a mailbox. One lock and no task per message: a batch costs what its messages cost.
/// </summary>
internal sealed class SandboxConnector : IConnector
{
    private readonly string _account;
    private readonly SandboxOptions _options;
    private readonly ConnectorServices _services;
    private readonly ISandboxMailbox _mailbox;
    private readonly SandboxReceipts? _receipts;

    public SandboxConnector(
        string account, SandboxOptions options, ConnectorServices services, ISandboxMailbox mailbox)
    {
        _account = account;
        _options = options;
        _services = services;
        _mailbox = mailbox;
        _receipts = options.Receipts is { } receipts ? new SandboxReceipts(receipts.Delay, services) : null;
    }

    public async ValueTask<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation)
    {
        if (batch.Count == 0)
        {
            return [];
        }

        if (!await WaitAsync(cancellation))
        {
            return Cancelled(batch);
        }

        var now = _services.Time.GetUtcNow();
        var results = new SendResult[batch.Count];
        var mails = new SandboxMail[batch.Count];
        var mailCount = 0;
        for (var i = 0; i < results.Length; i++)
        {
            var (result, arrives) = Decide(batch[i]);
            results[i] = result;
            if (arrives)
            {
                mails[mailCount++] = Mail(batch[i], now);
            }
        }

        try
        {
            _mailbox.Append(mails.AsSpan(0, mailCount));
        }
        catch (IOException e)
        {
            throw new ConnectorNotSentException(
                FailureReason.RetryLater, "Expected the mailbox to take the messages, but it could not be written.", inner: e);
        }

        if (_options.Receipts is { } receipts && mailCount > 0)
        {
            AddReceipts(receipts, mails.AsSpan(0, mailCount), now);
        }

        return results;
    }

    /// <summary>Lets the time pass that a call takes; false when it was cancelled meanwhile.</summary>
    private async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        if (_options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_options.Latency, _services.Time, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !cancellation.IsCancellationRequested;
    }

    private (SendResult Result, bool Arrives) Decide(OutgoingMessage message)
    {
        if (MessageCheck.Refusal(SandboxManifest.Value, message) is { } refusal)
        {
            return (refusal, false);
        }

        var fate = SandboxChance.FateOf(_options, message.Id, message.Attempt);
        if (fate.Reason is null || _mailbox.Arrivals(message.Id) > 0)
        {
            // A vendor that knows the id says again what it said, whatever this attempt's fate would have been.
            return (Taken(message), true);
        }

        return fate.Reason is FailureReason.UnknownOutcome
            ? (SendResult.Unknown(message, "Expected an answer, but the sandbox acts out its loss.", "sandbox"), fate.Arrives)
            : (SendResult.Failed(
                message,
                fate.Reason.Value,
                $"Expected success, but the sandbox acts out {fate.Reason.Value.Code()}.",
                "sandbox",
                fate.Reason is FailureReason.RetryLater ? _options.RetryAfter : null), false);
    }

    private SendResult Taken(OutgoingMessage message) => _receipts is null
        ? SendResult.Delivered(message, message.IdText)
        : SendResult.Accepted(message, message.IdText);

    private SandboxMail Mail(OutgoingMessage message, DateTimeOffset now) => new()
    {
        MessageId = message.Id,
        Account = _account,
        Channel = message.Channel,
        To = message.To,
        ContactId = message.ContactId,
        Content = message.Content,
        Origin = message.Origin,
        Attempt = message.Attempt,
        ReceivedAt = now,
    };

    private void AddReceipts(ReceiptOptions options, ReadOnlySpan<SandboxMail> mails, DateTimeOffset now)
    {
        var receipts = new List<Receipt>(mails.Length);
        foreach (var mail in mails)
        {
            if (SandboxChance.ReceiptOf(options, _options.Seed, mail.MessageId) is { } status)
            {
                receipts.Add(new Receipt
                {
                    MessageId = mail.MessageId,
                    VendorMessageId = mail.MessageId.ToString("N"),
                    To = mail.To,
                    Status = status,
                    OccurredAt = now + options.Delay,
                    Reason = status == ReceiptStatus.Failed ? FailureReason.BadAddress : null,
                    VendorCode = status == ReceiptStatus.Failed ? "sandbox" : null,
                });
            }
        }

        if (receipts.Count > 0)
        {
            _receipts!.Add(receipts);
        }
    }

    private static SendResult[] Cancelled(IReadOnlyList<OutgoingMessage> batch)
    {
        var results = new SendResult[batch.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = SendResult.Failed(
                batch[i],
                FailureReason.RetryLater,
                "Expected time to send, but sending was cancelled before it began.",
                "cancelled");
        }

        return results;
    }

    /// <summary>What the mailbox knows: a message is in it, or it never came.</summary>
    public ValueTask<IReadOnlyList<SendResult>> QueryOutcomeAsync(
        IReadOnlyList<OutcomeQuery> queries, CancellationToken cancellation)
    {
        var results = new SendResult[queries.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var message = queries[i].Message;
            results[i] = _mailbox.Arrivals(message.Id) > 0
                ? Taken(message)
                : SendResult.Failed(
                    message,
                    FailureReason.RetryLater,
                    "Expected the message in the mailbox, but it never came.",
                    "never_came");
        }

        return ValueTask.FromResult<IReadOnlyList<SendResult>>(results);
    }

    public ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation) =>
        ValueTask.FromResult(ConnectorHealth.Ok("The sandbox takes messages and sends them to nobody."));

    public ValueTask DisposeAsync() => _receipts?.DisposeAsync() ?? ValueTask.CompletedTask;
}
