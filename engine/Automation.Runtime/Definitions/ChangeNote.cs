using System.Buffers;
using System.Text;
using System.Text.Json;
using Automation.Core.Deciding;
using NodaTime;
using NodaTime.Text;

namespace Automation.Runtime.Definitions;

/// <summary>A change that is about to be made.</summary>
/// <param name="Revision">The definition's revision before it.</param>
/// <param name="Fact">What will be recorded; a version in it is a guess until it is made.</param>
public sealed record PendingChange(string Kind, string Key, int Revision, WorkspaceFact Fact);

/// <summary>The note of changes that are under way, as JSON.</summary>
internal sealed record ChangeNote(Instant At, IReadOnlyList<PendingChange> Changes)
{
    public string Write()
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using var to = new Utf8JsonWriter(bytes);
        to.WriteStartObject();
        to.WriteString("at", InstantPattern.ExtendedIso.Format(At));
        to.WriteStartArray("changes");
        foreach (var change in Changes)
        {
            to.WriteStartObject();
            to.WriteString("kind", change.Kind);
            to.WriteString("key", change.Key);
            to.WriteNumber("revision", change.Revision);
            to.WritePropertyName("fact");
            FactJson.Write(to, change.Fact);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
        to.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public static ChangeNote Read(string json)
    {
        var from = JsonElement.Parse(json);
        return new ChangeNote(
            InstantPattern.ExtendedIso.Parse(from.GetProperty("at").GetString()!).Value,
            [.. from.GetProperty("changes").EnumerateArray().Select(change => new PendingChange(
                change.GetProperty("kind").GetString()!, change.GetProperty("key").GetString()!, change.GetProperty("revision").GetInt32(),
                (WorkspaceFact)FactJson.Read(Encoding.UTF8.GetBytes(change.GetProperty("fact").GetRawText()))))]);
    }
}
