using System.Globalization;
using System.Text.Json;

namespace Automation.Connectors.Http;

/// <summary>How far a request came.</summary>
public enum VendorReach
{
    /// <summary>The vendor answered, and the answer was read whole.</summary>
    Answered,

    /// <summary>Certainly no byte of the request's body left.</summary>
    NotSent,

    /// <summary>Bytes of the body left, and no whole answer came.</summary>
    PerhapsSent,
}

/// <summary>What came of one request to a vendor.</summary>
public sealed record VendorAnswer
{
    /// <summary>The longest wait that is taken over from a <c>Retry-After</c>: a vendor may ask for a pause, not for a burial.</summary>
    public static readonly TimeSpan RetryAfterMax = TimeSpan.FromHours(24);

    /// <summary>How far the request came.</summary>
    public required VendorReach Reach { get; init; }

    /// <summary>The HTTP status, or 0 when there was none.</summary>
    public int Status { get; init; }

    /// <summary>The body's bytes as they came, without a UTF-8 byte order mark. Empty when there were none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The wait the vendor asked for in <c>Retry-After</c>, in seconds or as a date; at most a day. Null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A stable code of what went wrong, as <c>timeout</c>; <c>http_503</c> for an answer.</summary>
    public string Code { get; init; } = "";

    /// <summary>One sentence, "Expected …, but …", without personal data and secrets. Empty for an answer.</summary>
    public string Text { get; init; } = "";

    /// <summary>Reads the body as one JSON object or array.</summary>
    /// <param name="json">The value, independent of any document.</param>
    /// <returns>False when it is neither, or not UTF-8.</returns>
    public bool TryJson(out JsonElement json)
    {
        try
        {
            json = Reach == VendorReach.Answered && !Body.IsEmpty ? JsonElement.Parse(Body.Span) : default;
        }
        catch (JsonException)
        {
            json = default;
        }

        return json.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
    }

    /// <summary>
    /// The result of a message whose answer did not come, or is not the vendor's own language: a proxy's page, a gateway's error.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>
    /// <see cref="FailureReason.RetryLater"/> when nothing left, or for 429; a certain failure for other statuses from 400 to 499, which say that
    /// the request was not taken; otherwise unknown, because nobody said that it was not taken.
    /// </returns>
    public SendResult Result(OutgoingMessage message) => (Reach, Status) switch
    {
        (VendorReach.NotSent, _) => SendResult.Failed(message, FailureReasonOf(Code), Text, Code),
        (_, 429) => SendResult.Failed(
            message, FailureReason.RetryLater, "Expected the vendor to take the message, but it answered 429.", "http_429", RetryAfter),
        (VendorReach.PerhapsSent, _) => SendResult.Unknown(message, Text, Code),
        (_, 413) => SendResult.Failed(message, FailureReason.TooLarge, "Expected the vendor to take the message, but it answered 413.", "http_413"),
        (_, 408) => SendResult.Unknown(message, "Expected the vendor to take the message, but it answered 408.", "http_408"),
        (_, >= 300 and < 500) => SendResult.Failed(message, FailureReason.FixConfiguration, Unwanted(), Code),
        _ => SendResult.Unknown(message, Unwanted(), Code),
    };

    private static FailureReason FailureReasonOf(string code) =>
        code == "tls_failed" ? FailureReason.FixConfiguration : FailureReason.RetryLater;

    private string Unwanted() => Status is >= 200 and <= 299
        ? "Expected an answer in the vendor's form, but got another."
        : string.Create(CultureInfo.InvariantCulture, $"Expected an answer of the vendor's service, but got status {Status}.");
}
