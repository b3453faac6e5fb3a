using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Automation.Core.Primitives;

namespace Automation.Runtime.Dispatch;

/// <summary>A message's content as the JSON that the outbox keeps and connectors get.</summary>
public static class MessageContent
{
    // Connectors and people read it; escaping every Chinese character would make it five times as long.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(PropertyBag content)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(bytes, Options);
        PropertyJson.Write(writer, content);
        writer.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
