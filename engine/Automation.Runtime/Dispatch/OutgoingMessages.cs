using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Connectors;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Dispatch;

/// <summary>Between the engine's words and the connectors': a message on its way out, and what comes back.</summary>
internal static class OutgoingMessages
{
    public static OutgoingMessage Of(QueuedMessage message) => new()
    {
        Id = message.Id,
        Channel = message.Channel,
        Kind = message.IsCall ? MessageKind.Call : MessageKind.Message,
        To = new Address(message.AddressType, message.Address),
        Content = JsonElement.Parse(message.Content),
        ContactId = message.Contact.ToString(CultureInfo.InvariantCulture),
        Attempt = message.Attempt,
        Origin = new MessageOrigin(message.Journey, message.Step),
    };

    /// <param name="isRepeatable">The same id twice reaches the person once: then an unknown outcome is simply tried again.</param>
    /// <param name="isKnownSent">The vendor was asked about a message that it has taken: only its stage can be news.</param>
    public static MessageOutcome Outcome(SendResult result, Guid message, bool isRepeatable, Instant now, bool isKnownSent = false) => result.Outcome switch
    {
        SendOutcome.Accepted when isKnownSent && result.Stage is not null => new MessageOutcome(
            message, OutcomeKind.Progressed, now, result.VendorMessageId, Code: result.Stage),
        SendOutcome.Accepted => new MessageOutcome(message, OutcomeKind.Sent, now, result.VendorMessageId, Response: Response(result)),
        SendOutcome.Delivered => new MessageOutcome(message, OutcomeKind.Delivered, now, result.VendorMessageId, Response: Response(result)),
        SendOutcome.Failed => new MessageOutcome(
            message, OutcomeKind.Failed, now, result.VendorMessageId, result.Reason?.Code(), result.VendorCode, result.Text,
            result.RetryAfter is { } after ? Duration.FromTimeSpan(after) : null),
        _ when isRepeatable => new MessageOutcome(
            message, OutcomeKind.Failed, now, result.VendorMessageId, Reasons.RetryLater, result.VendorCode, result.Text),
        _ => Unknown(message, now, result.Text, result.VendorCode),
    };

    public static MessageOutcome Unknown(Guid message, Instant now, string? text, string? code = null) =>
        new(message, OutcomeKind.Unknown, now, Reason: Reasons.UnknownOutcome, Code: code, Text: text);

    public static MessageOutcome NotSent(Guid message, Instant now, ConnectorNotSentException error) => new(
        message, OutcomeKind.Failed, now, Reason: error.Reason.Code(), Text: error.Message,
        RetryAfter: error.RetryAfter is { } after ? Duration.FromTimeSpan(after) : null);

    private static PropertyBag? Response(SendResult result) => result.Response switch
    {
        { ValueKind: JsonValueKind.Object } answer => PropertyJson.Parse(Encoding.UTF8.GetBytes(answer.GetRawText())),
        _ => null,
    };
}
