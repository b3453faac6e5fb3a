using System.Collections.Frozen;

namespace Automation.Connectors.Sms;

/// <summary>
/// What carriers' receipt codes mean to the engine. Their meaning differs by carrier and province, so an account may say otherwise
/// (<c>carrier_codes</c>); what nobody knows is a failure that says nothing about the number.
/// </summary>
public static class CarrierCodes
{
    private static readonly FrozenDictionary<string, FailureReason?> Known = new Dictionary<string, FailureReason?>(StringComparer.OrdinalIgnoreCase)
    {
        ["DELIVERED"] = null,
        ["DELIVRD"] = null,

        // Switched off or out of range for too long; suspended: the next message may arrive.
        ["EXPIRED"] = FailureReason.RetryLater,
        ["TIMEOUT"] = FailureReason.RetryLater,
        ["MK:0010"] = FailureReason.RetryLater,
        ["MK:0023"] = FailureReason.RetryLater,
        ["MI:0024"] = FailureReason.RetryLater,
        ["002"] = FailureReason.RetryLater,
        ["UNDELIV"] = FailureReason.RetryLater,
        ["MK:0005"] = FailureReason.RetryLater,
        ["MK:0013"] = FailureReason.RetryLater,
        ["DB:0102"] = FailureReason.RetryLater,

        // The gateway had too much to do.
        ["IB:0008"] = FailureReason.RetryLater,
        ["MI:0061"] = FailureReason.RetryLater,
        ["MI:0062"] = FailureReason.RetryLater,

        // No such number.
        ["MK:0001"] = FailureReason.BadAddress,
        ["CB:0001"] = FailureReason.BadAddress,
        ["CB:0053"] = FailureReason.BadAddress,
        ["DB:0101"] = FailureReason.BadAddress,
        ["MI:0210"] = FailureReason.BadAddress,
        ["MI:0073"] = FailureReason.BadAddress,

        // On a list of those who answered with an opt-out, or complained.
        ["MBBLACK"] = FailureReason.NoConsent,
        ["DBBLACK"] = FailureReason.NoConsent,
        ["DB:0144"] = FailureReason.NoConsent,

        // Refused by the gateway: a word, or the look of spam.
        ["REJECTD"] = FailureReason.ContentRefused,
        ["-106"] = FailureReason.ContentRefused,
        ["MK:0014"] = FailureReason.ContentRefused,
        ["MK:0115"] = FailureReason.ContentRefused,

        // More than the number may get in a day.
        ["DB:0142"] = FailureReason.QuotaGone,
        ["MK:1041"] = FailureReason.QuotaGone,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a message with this code did not arrive.</summary>
    /// <param name="code">The code, as <c>MK:0001</c>.</param>
    /// <param name="overrides">The account's own meanings, from <see cref="Read"/>.</param>
    /// <returns>The reason; <see cref="FailureReason.RetryLater"/> for a code nobody knows.</returns>
    /// <example><code>CarrierCodes.Reason("MK:0001", none) // FailureReason.BadAddress</code></example>
    public static FailureReason Reason(string? code, IReadOnlyDictionary<string, FailureReason> overrides)
    {
        var key = code?.Trim() ?? "";
        if (overrides.TryGetValue(key, out var own))
        {
            return own;
        }

        if (Known.TryGetValue(key, out var reason) && reason is { } known)
        {
            return known;
        }

        return key.Contains("黑名单", StringComparison.Ordinal) || key.Contains("BLACK", StringComparison.OrdinalIgnoreCase)
            ? FailureReason.NoConsent
            : FailureReason.RetryLater;
    }

    /// <summary>Reads an account's own meanings: <c>{ "carrier_codes": { "XA:0001": "bad_address" } }</c>.</summary>
    /// <param name="read">The account's configuration.</param>
    public static IReadOnlyDictionary<string, FailureReason> Read(ConfigurationReader read)
    {
        var overrides = new Dictionary<string, FailureReason>(StringComparer.OrdinalIgnoreCase);
        if (read.Inner("carrier_codes") is not { } inner)
        {
            return overrides;
        }

        foreach (var code in inner.Names())
        {
            overrides[code] = FailureReasons.TryParse(inner.Text(code), out var reason) && reason != FailureReason.UnknownOutcome
                ? reason
                : throw inner.Wrong(code, "Expected a reason such as bad_address, but got another text.");
        }

        return overrides;
    }
}
