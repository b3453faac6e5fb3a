using System.Text.Json.Serialization;

namespace Automation.Connectors;

/// <summary>
/// Why a message was not sent, in the engine's words. A connector maps hundreds of vendor codes to these, and the engine
/// decides by them alone: retry, fall back to another channel, stop the account, or change the contact.
/// In JSON and in the ledger they are written in snake case, as <see cref="FailureReasons.Code"/> gives them.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureReason>))]
public enum FailureReason
{
    /// <summary>
    /// Nothing was sent and the same message may succeed later: the vendor is busy, a rate limit was hit, the
    /// connection was refused. The engine tries again after <see cref="SendResult.RetryAfter"/> or its own back-off.
    /// </summary>
    [JsonStringEnumMemberName("retry_later")]
    RetryLater,

    /// <summary>
    /// The account, its credentials, permissions, signature, template or balance is wrong. Every other message of the
    /// account would fail too; the engine holds the account's messages and tells an operator.
    /// </summary>
    [JsonStringEnumMemberName("fix_configuration")]
    FixConfiguration,

    /// <summary>The address does not exist or cannot be reached any more. The engine marks it unreachable.</summary>
    [JsonStringEnumMemberName("bad_address")]
    BadAddress,

    /// <summary>The contact has opted out at the vendor, or never agreed. The engine revokes its own consent record.</summary>
    [JsonStringEnumMemberName("no_consent")]
    NoConsent,

    /// <summary>
    /// The contact's allowance is used up: a one-time subscription, a reply window, a monthly mass-message quota. The
    /// engine sets its own count to zero and falls back.
    /// </summary>
    [JsonStringEnumMemberName("quota_gone")]
    QuotaGone,

    /// <summary>The vendor refuses this content: blocked words, a field that does not fit the template. Never retried.</summary>
    [JsonStringEnumMemberName("content_refused")]
    ContentRefused,

    /// <summary>
    /// Whether the message was sent is not known. Only with <see cref="SendOutcome.Unknown"/>; the engine asks the
    /// connector, repeats (if that is safe), or waits for a person.
    /// </summary>
    [JsonStringEnumMemberName("unknown_outcome")]
    UnknownOutcome,

    /// <summary>The content is over a limit of the channel in characters or bytes. Never retried.</summary>
    [JsonStringEnumMemberName("too_large")]
    TooLarge,
}

/// <summary>The stable codes of <see cref="FailureReason"/>, as facts, exports and the API write them.</summary>
public static class FailureReasons
{
    /// <summary>Gives the stable snake-case code of a reason.</summary>
    /// <param name="reason">The reason.</param>
    /// <returns>For example <c>retry_later</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration's.</exception>
    /// <example><code>FailureReason.BadAddress.Code() // "bad_address"</code></example>
    public static string Code(this FailureReason reason) => reason switch
    {
        FailureReason.RetryLater => "retry_later",
        FailureReason.FixConfiguration => "fix_configuration",
        FailureReason.BadAddress => "bad_address",
        FailureReason.NoConsent => "no_consent",
        FailureReason.QuotaGone => "quota_gone",
        FailureReason.ContentRefused => "content_refused",
        FailureReason.UnknownOutcome => "unknown_outcome",
        FailureReason.TooLarge => "too_large",
        _ => throw new ArgumentOutOfRangeException(
            nameof(reason), reason, "Expected a reason of the enumeration, but got another number."),
    };

    /// <summary>Finds the reason with a code.</summary>
    /// <param name="code">A code in snake case, exactly as <see cref="Code"/> gives it.</param>
    /// <param name="reason">The reason, when the result is true.</param>
    /// <returns>False when no reason has that code.</returns>
    public static bool TryParse(string? code, out FailureReason reason)
    {
        foreach (var candidate in Enum.GetValues<FailureReason>())
        {
            if (candidate.Code() == code)
            {
                reason = candidate;
                return true;
            }
        }

        reason = default;
        return false;
    }
}
