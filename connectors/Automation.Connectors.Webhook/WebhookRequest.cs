using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Automation.Connectors.Http;

namespace Automation.Connectors.Webhook;

/// <summary>
/// Writes a message as an HTTP request. The body is the same for every attempt, so that a receiver may compare repeats; what
/// changes (attempt, time, signature) stands in headers.
/// </summary>
internal static class WebhookRequest
{
    // Chinese text stays readable in the receiver's log. The body is never put into a page.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static (HttpRequestMessage Request, WatchedContent Content) Write(
        WebhookOptions options, OutgoingMessage message, DateTimeOffset now)
    {
        var body = Body(message);
        var content = new WatchedContent(body, "application/json; charset=utf-8");
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, options.Url)
        {
            Content = content,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("X-Automation-Message-Id", message.IdText);
        request.Headers.Add("X-Automation-Attempt", message.Attempt.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Automation-Timestamp", timestamp);
        if (options.SigningSecret is { } secret)
        {
            request.Headers.Add("X-Automation-Signature", WebhookSignature.Sign(secret, timestamp, body));
        }

        if (options.Authorization is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach (var (name, value) in options.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return (request, content);
    }

    private static byte[] Body(OutgoingMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("message_id", message.IdText);
            json.WriteString("channel", message.Channel);
            json.WriteString("kind", message.Kind == MessageKind.Call ? "call" : "message");
            json.WriteString("contact_id", message.ContactId);
            json.WriteStartObject("to");
            json.WriteString("type", message.To.Type);
            json.WriteString("value", message.To.Value);
            json.WriteEndObject();
            json.WriteString("journey", message.Origin.Journey);
            json.WriteString("step", message.Origin.Step);
            json.WritePropertyName("content");
            message.Content.WriteTo(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
