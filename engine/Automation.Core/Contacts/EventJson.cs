using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>
/// Events as JSON: whole for queues and exports, or only the details that have no column of their own. A message id that is no
/// GUID does not fit the column and stands in the details.
/// </summary>
public static class EventJson
{
    public static void Write(Utf8JsonWriter to, ContactEvent happened)
    {
        to.WriteStartObject();
        to.Text("message_id"u8, happened.MessageId);
        to.Choice("type"u8, happened.Type);
        to.Text("name"u8, happened.Name);
        to.Time("occurred_at"u8, happened.OccurredAt);
        to.Time("received_at"u8, happened.ReceivedAt);
        WriteRest(to, happened);
        to.WriteEndObject();
    }

    public static byte[] Write(ContactEvent happened)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(bytes, JsonFields.Options);
        Write(writer, happened);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <param name="withMessageId">Whether the message id has no column that gives it back.</param>
    public static void WriteDetails(Utf8JsonWriter to, ContactEvent happened, bool withMessageId)
    {
        to.WriteStartObject();
        to.Text("message_id"u8, withMessageId ? happened.MessageId : null);
        WriteRest(to, happened);
        to.WriteEndObject();
    }

    public static ContactEvent Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var from = document.RootElement;
        return ReadRest(
            from, from.Text("message_id"u8), from.Choice<EventType>("type"u8), from.Text("name"u8),
            from.Time("occurred_at"u8), from.Time("received_at"u8));
    }

    /// <param name="messageId">What the column says; a message id in the details comes before it.</param>
    public static ContactEvent ReadDetails(
        ReadOnlyMemory<byte> details, string messageId, EventType type, string name, Instant occurredAt, Instant receivedAt)
    {
        using var document = JsonDocument.Parse(details);
        var from = document.RootElement;
        return ReadRest(from, from.OptionalText("message_id"u8) ?? messageId, type, name, occurredAt, receivedAt);
    }

    private static void WriteRest(Utf8JsonWriter to, ContactEvent happened)
    {
        to.Bag("properties"u8, happened.Properties.Count == 0 ? null : happened.Properties);
        if (!happened.Identities.IsDefaultOrEmpty)
        {
            to.WriteStartArray("identities"u8);
            foreach (var identity in happened.Identities)
            {
                to.WriteStartArray();
                to.WriteStringValue(identity.Type);
                to.WriteStringValue(identity.Value);
                to.WriteEndArray();
            }
            to.WriteEndArray();
        }
        if (happened.EmitDepth != 0)
        {
            to.Whole("emit_depth"u8, happened.EmitDepth);
        }
        to.Flag("history"u8, happened.History);
    }

    private static ContactEvent ReadRest(
        JsonElement from, string messageId, EventType type, string name, Instant occurredAt, Instant receivedAt)
    {
        ImmutableArray<Identity> identities = from.TryGetProperty("identities"u8, out var pairs)
            ? [.. pairs.EnumerateArray().Select(p => new Identity(p[0].GetString()!, p[1].GetString()!))]
            : [];
        return new ContactEvent(
            messageId, type, name, occurredAt, receivedAt, from.OptionalBag("properties"u8) ?? PropertyBag.Empty, identities,
            from.TryGetProperty("emit_depth"u8, out var depth) ? depth.GetInt32() : 0, from.Flag("history"u8));
    }
}
