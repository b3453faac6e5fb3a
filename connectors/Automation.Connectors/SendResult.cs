using System.Text.Json;
using System.Text.Json.Serialization;

namespace Automation.Connectors;

/// <summary>What is known about a message after an attempt.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SendOutcome>))]
public enum SendOutcome
{
    /// <summary>The vendor took it. Whether it arrives is told by a receipt, if the channel has receipts.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>It has arrived; no receipt follows.</summary>
    [JsonStringEnumMemberName("delivered")]
    Delivered,

    /// <summary>It was certainly not sent, so sending it again cannot double it. <see cref="SendResult.Reason"/> says why.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Bytes may have left, and nothing says whether they were taken.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>
/// The answer for one message. Made with <see cref="Accepted"/>, <see cref="Delivered"/>, <see cref="Failed"/> and
/// <see cref="Unknown"/>, so that a failure always has a reason and a success never does.
/// </summary>
public sealed record SendResult
{
    private SendResult()
    {
    }

    /// <summary>The message this answers, equal to <see cref="OutgoingMessage.Id"/>.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>What is known.</summary>
    public required SendOutcome Outcome { get; init; }

    /// <summary>Why it failed. Null exactly when the outcome is accepted or delivered.</summary>
    public FailureReason? Reason { get; init; }

    /// <summary>
    /// The vendor's id for the message (Aliyun <c>BizId</c>, Tencent <c>SerialNo</c>, WeCom <c>msgid</c>), by which
    /// receipts and queries find it. Several messages of one batch may share one. Null when the vendor gives none.
    /// </summary>
    public string? VendorMessageId { get; init; }

    /// <summary>The vendor's own code, unchanged, for the ledger: <c>isv.BUSINESS_LIMIT_CONTROL</c>, <c>43101</c>, <c>503</c>.</summary>
    public string? VendorCode { get; init; }

    /// <summary>
    /// One sentence for a marketer or operator, without addresses, names and credentials. "Expected …, but …" where
    /// something was wrong.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>
    /// How long the vendor asks to wait before the next attempt, from now. Null leaves it to the engine's back-off.
    /// Zero or more; meant for <see cref="FailureReason.RetryLater"/>.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// The answer of a call, for later steps (<c>steps.&lt;id&gt;.*</c>), for example a coupon code. Bounded by the connector.
    /// It must not depend on a <see cref="JsonDocument"/> that will be disposed. Null when there is none.
    /// </summary>
    public JsonElement? Response { get; init; }

    /// <summary>
    /// How far an accepted message has come, where it passes stages on its way: <c>waiting_for_member</c>, <c>reminded</c>. Journeys read
    /// it as <c>steps.&lt;id&gt;.stage</c>. Told by <see cref="IConnector.QueryOutcomeAsync"/>; snake case. Null where there are no stages.
    /// </summary>
    public string? Stage { get; init; }

    /// <summary>What it costs, when the vendor says so with its answer. Null when it does not, or says it with the receipt.</summary>
    public Charge? Charge { get; init; }

    /// <summary>The vendor took the message.</summary>
    /// <param name="message">The message that was taken.</param>
    /// <param name="vendorMessageId">The vendor's id for it, if there is one.</param>
    /// <param name="response">The answer of a call, if there is one.</param>
    public static SendResult Accepted(
        OutgoingMessage message, string? vendorMessageId = null, JsonElement? response = null) => new()
        {
            MessageId = message.Id,
            Outcome = SendOutcome.Accepted,
            VendorMessageId = vendorMessageId,
            Response = response,
        };

    /// <summary>The message has arrived and no receipt will follow.</summary>
    /// <param name="message">The message that arrived.</param>
    /// <param name="vendorMessageId">The vendor's id for it, if there is one.</param>
    /// <param name="response">The answer of a call, if there is one.</param>
    public static SendResult Delivered(
        OutgoingMessage message, string? vendorMessageId = null, JsonElement? response = null) => new()
        {
            MessageId = message.Id,
            Outcome = SendOutcome.Delivered,
            VendorMessageId = vendorMessageId,
            Response = response,
        };

    /// <summary>The message was certainly not sent.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reason">Why; any reason but <see cref="FailureReason.UnknownOutcome"/>.</param>
    /// <param name="text">One sentence without personal data.</param>
    /// <param name="vendorCode">The vendor's own code, if there is one.</param>
    /// <param name="retryAfter">How long the vendor asks to wait, if it says so.</param>
    /// <exception cref="ArgumentException">The reason is <see cref="FailureReason.UnknownOutcome"/>, or the wait is negative.</exception>
    public static SendResult Failed(
        OutgoingMessage message,
        FailureReason reason,
        string text,
        string? vendorCode = null,
        TimeSpan? retryAfter = null)
    {
        if (reason == FailureReason.UnknownOutcome)
        {
            throw new ArgumentException(
                "Expected a reason for a certain failure, but got unknown_outcome; use SendResult.Unknown.", nameof(reason));
        }

        if (retryAfter < TimeSpan.Zero)
        {
            throw new ArgumentException($"Expected a wait of zero or more, but got {retryAfter}.", nameof(retryAfter));
        }

        return new SendResult
        {
            MessageId = message.Id,
            Outcome = SendOutcome.Failed,
            Reason = reason,
            Text = text,
            VendorCode = vendorCode,
            RetryAfter = retryAfter,
        };
    }

    /// <summary>Bytes may have left, and nothing says whether the vendor took them.</summary>
    /// <param name="message">The message.</param>
    /// <param name="text">One sentence that says what was seen last, without personal data.</param>
    /// <param name="vendorCode">The vendor's own code, if there is one.</param>
    public static SendResult Unknown(OutgoingMessage message, string text, string? vendorCode = null) => new()
    {
        MessageId = message.Id,
        Outcome = SendOutcome.Unknown,
        Reason = FailureReason.UnknownOutcome,
        Text = text,
        VendorCode = vendorCode,
    };
}
