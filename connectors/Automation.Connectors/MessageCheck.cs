using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Automation.Connectors;

/// <summary>
/// What a connector checks before it sends: the channel is its own, the content is an object and fits. The engine checks the
/// same limits when it renders, so a refusal here means that an account was changed meanwhile, or a test.
/// </summary>
public static class MessageCheck
{
    /// <summary>Says why a message cannot be sent by a connector with this manifest.</summary>
    /// <param name="manifest">The connector's manifest.</param>
    /// <param name="message">The message.</param>
    /// <returns>
    /// Null when it can. Otherwise a failed result: <see cref="FailureReason.FixConfiguration"/> for an unknown channel,
    /// <see cref="FailureReason.ContentRefused"/> for content that is no object, <see cref="FailureReason.TooLarge"/> for too much.
    /// </returns>
    /// <example>
    /// <code>
    /// if (MessageCheck.Refusal(Manifest, message) is { } refusal) { results[i] = refusal; continue; }
    /// </code>
    /// </example>
    public static SendResult? Refusal(ConnectorManifest manifest, OutgoingMessage message)
    {
        if (manifest.Channel(message.Channel) is not { } channel)
        {
            return SendResult.Failed(
                message,
                FailureReason.FixConfiguration,
                $"Expected a channel of the connector '{manifest.Key}', but got '{message.Channel}'.",
                "unknown_channel");
        }

        if (message.Content.ValueKind != JsonValueKind.Object)
        {
            return SendResult.Failed(
                message,
                FailureReason.ContentRefused,
                $"Expected the content to be an object, but it is {message.Content.ValueKind}.",
                "content_not_an_object");
        }

        // The raw text is never shorter than the text it holds, so a small content needs no closer look.
        var bytes = JsonMarshal.GetRawUtf8Value(message.Content).Length;
        var limits = channel.Limits;
        if (bytes > limits.BodyBytesMax)
        {
            return TooLarge(message, limits.BodyBytesMax, "bytes", bytes);
        }

        return bytes > (limits.TextCharactersMax ?? int.MaxValue) || bytes > (limits.TextBytesMax ?? int.MaxValue)
            ? TextRefusal(message, limits)
            : null;
    }

    private static SendResult? TextRefusal(OutgoingMessage message, ChannelLimits limits)
    {
        if (!message.Content.TryGetProperty("text", out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = value.GetString()!;
        if (text.Length > limits.TextCharactersMax)
        {
            return TooLarge(message, limits.TextCharactersMax.Value, "characters", text.Length);
        }

        var bytes = Encoding.UTF8.GetByteCount(text);
        return bytes > limits.TextBytesMax ? TooLarge(message, limits.TextBytesMax.Value, "bytes of text", bytes) : null;
    }

    private static SendResult TooLarge(OutgoingMessage message, int most, string unit, int was) => SendResult.Failed(
        message,
        FailureReason.TooLarge,
        FormattableString.Invariant($"Expected at most {most} {unit} on '{message.Channel}', but got {was}."),
        "over_limit");
}
