using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Automation.Connectors.Webhook;

/// <summary>
/// Turns an HTTP response into a result. A status is the receiver's word: 2xx says that it took the message, everything else
/// that it did not. So a receiver that fails after taking a message should drop repeats by id and say so in the configuration.
/// </summary>
internal static class WebhookAnswer
{
    /// <summary>A receiver may ask for a pause, not for a burial.</summary>
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromHours(24);

    public static async ValueTask<SendResult> ReadAsync(
        OutgoingMessage message,
        HttpResponseMessage response,
        WebhookOptions options,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        var code = status.ToString(CultureInfo.InvariantCulture);
        if (status is >= 200 and <= 299)
        {
            var (answer, remark) = await BodyAsync(response, options.ResponseBytesMax, cancellation);
            return SendResult.Accepted(message, response: answer) with { VendorCode = code, Text = remark };
        }

        var reason = ReasonFor(status);
        return SendResult.Failed(
            message,
            reason,
            $"Expected the receiver to take the message, but it answered {code}{Hint(status)}.",
            code,
            reason == FailureReason.RetryLater ? RetryAfter(response, now) : null);
    }

    private static FailureReason ReasonFor(int status) => status switch
    {
        408 or 425 or 429 or >= 500 => FailureReason.RetryLater,
        413 => FailureReason.TooLarge,

        // The address or the credentials are wrong for every message, not only for this one.
        < 400 or 401 or 402 or 403 or 404 or 405 or 407 or 410 => FailureReason.FixConfiguration,
        _ => FailureReason.ContentRefused,
    };

    private static string Hint(int status) => status switch
    {
        >= 300 and <= 399 => " (redirects are not followed)",
        401 or 403 or 407 => " (credentials or signing secret)",
        404 or 405 or 410 => " (address)",
        _ => "",
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.Headers.RetryAfter is not { } header)
        {
            return null;
        }

        var wait = header.Delta ?? (header.Date - now);
        return wait is { } asked ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, RetryAfterMax.Ticks)) : null;
    }

    /// <summary>
    /// Reads the answer's JSON, at most so many bytes. The message is taken already, so nothing here can fail it: what
    /// cannot be read is left out, with a remark.
    /// </summary>
    private static async ValueTask<(JsonElement? Answer, string? Remark)> BodyAsync(
        HttpResponseMessage response, int bytesMax, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.NoContent || bytesMax == 0 || !IsJson(response))
        {
            return (null, null);
        }

        try
        {
            var buffer = new byte[Math.Min(bytesMax, response.Content.Headers.ContentLength ?? bytesMax) + 1];
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            if (read == 0)
            {
                return (null, null);
            }

            return read > bytesMax
                ? (null, FormattableString.Invariant($"Expected an answer of at most {bytesMax} bytes, but it is longer; it was left out."))
                : (JsonElement.Parse(buffer.AsSpan(0, read)), null);
        }
        catch (JsonException)
        {
            return (null, "Expected the answer to be JSON, but it is not; it was left out.");
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            return (null, "Expected the whole answer, but the connection ended before; it was left out.");
        }
    }

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}
