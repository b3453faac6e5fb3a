namespace Automation.Connectors.Sandbox;

/// <summary>An account's configuration, read and checked. Defaults and ranges are those of <c>Schemas/configuration.json</c>.</summary>
internal sealed record SandboxOptions
{
    /// <summary>Reasons that belong to the message: they hold for every attempt.</summary>
    private static readonly FailureReason[] LastingReasons =
    [
        FailureReason.FixConfiguration, FailureReason.BadAddress, FailureReason.NoConsent, FailureReason.QuotaGone,
        FailureReason.ContentRefused, FailureReason.TooLarge,
    ];

    public required TimeSpan Latency { get; init; }

    /// <summary>Reasons with the upper end of their share, rising: a draw below the end, and not below the one before, is it.</summary>
    public required IReadOnlyList<(FailureReason Reason, double UpTo)> Lasting { get; init; }

    public required double RetryLater { get; init; }

    public required TimeSpan? RetryAfter { get; init; }

    public required double Unknown { get; init; }

    public required ReceiptOptions? Receipts { get; init; }

    public required int Seed { get; init; }

    public static SandboxOptions Read(ConnectorAccount account)
    {
        var read = new ConfigurationReader(account.Configuration);
        var lasting = new List<(FailureReason Reason, double UpTo)>();
        var upTo = 0.0;
        var retryLater = 0.0;
        if (read.Inner("failures") is { } failures)
        {
            foreach (var reason in LastingReasons)
            {
                var share = failures.Number(reason.Code(), otherwise: 0, min: 0, max: 1);
                if (share > 0)
                {
                    upTo += share;
                    lasting.Add((reason, upTo));
                }
            }

            retryLater = failures.Number("retry_later", otherwise: 0, min: 0, max: 1);
            failures.RefuseOthers();
        }

        var options = new SandboxOptions
        {
            Latency = TimeSpan.FromMilliseconds(read.Whole("latency_ms", otherwise: 0, min: 0, max: 60_000)),
            Lasting = lasting,
            RetryLater = retryLater,
            RetryAfter = read.Has("retry_after_seconds")
                ? TimeSpan.FromSeconds(read.Number("retry_after_seconds", otherwise: 0, min: 0, max: 86_400))
                : null,
            Unknown = read.Number("unknown", otherwise: 0, min: 0, max: 1),
            Receipts = ReceiptOptions.Read(read.Inner("receipts")),
            Seed = read.Whole("seed", otherwise: 0, min: 0, max: int.MaxValue),
        };
        read.Choice("idempotency", "by_message_id", "none");
        read.RefuseOthers();

        // A little over 1 is rounding: 0.1 ten times.
        return upTo + retryLater + options.Unknown > 1.000001
            ? throw read.Wrong("failures", "Expected shares that add up to at most 1 with 'unknown', but they add up to more.")
            : options;
    }
}

/// <summary>How receipts are acted out.</summary>
/// <param name="Delay">Between accepting a message and its receipt.</param>
/// <param name="Delivered">Share of messages that arrive.</param>
/// <param name="Lost">Share whose receipt never comes; the rest fails.</param>
internal sealed record ReceiptOptions(TimeSpan Delay, double Delivered, double Lost)
{
    public static ReceiptOptions? Read(ConfigurationReader? read)
    {
        if (read is null)
        {
            return null;
        }

        var options = new ReceiptOptions(
            TimeSpan.FromMilliseconds(read.Whole("delay_ms", otherwise: 1_000, min: 0, max: 86_400_000)),
            read.Number("delivered", otherwise: 1, min: 0, max: 1),
            read.Number("lost", otherwise: 0, min: 0, max: 1));
        read.RefuseOthers();
        return options.Delivered + options.Lost > 1.000001
            ? throw read.Wrong("lost", "Expected 'delivered' and 'lost' to add up to at most 1, but they add up to more.")
            : options;
    }
}
