using System.Text.Json;
using Automation.Bus.Rabbit;
using Automation.Core.Contacts;
using NodaTime;

namespace Automation.Server.Ingest;

/// <summary>
/// Reads what other systems publish to the ingress exchange: one call of the tracking API, a list of calls, or a batch as the SDKs send it.
/// The same readers as over HTTP, so that an event means the same whichever way it came.
/// </summary>
internal static class IngressReader
{
    /// <param name="messageId">Stands for the message id of a call that has none, so that the broker may deliver it twice.</param>
    public static IngressReading Read(ReadOnlyMemory<byte> body, string? messageId, Instant now)
    {
        var bytes = body.ToArray();
        if (bytes.Length > IngestLimits.BatchBytesMax)
        {
            return Refused(new IngestProblem(IngestCodes.BatchTooLarge, "", $"Expected at most {IngestLimits.BatchBytesMax} bytes, but found {bytes.Length}."));
        }
        var isList = FirstByte(bytes) == (byte)'[';
        if (isList)
        {
            bytes = [.. "{\"batch\":"u8, .. bytes, (byte)'}'];
        }
        var outline = TrackingBody.Scan(bytes, isList || HasBatch(bytes));
        if (outline.Problem is { } broken)
        {
            return Refused(broken);
        }
        var source = new TrackingSource { ReceivedAt = now, SentAt = outline.SentAt, Identities = outline.Identities };
        var events = new List<ContactEvent>(outline.Calls.Count);
        var problems = new List<string>();
        for (var i = 0; i < outline.Calls.Count; i++)
        {
            var call = bytes.AsSpan(outline.Calls[i]);
            var pointer = outline.Calls.Count == 1 ? "" : FormattableString.Invariant($"/batch/{i}");
            var known = source with { FallbackId = messageId is null ? null : messageId + pointer };
            if (TrackingEvents.Read(call, pointer, known, out var problem) is { } happened)
            {
                events.Add(happened);
            }
            else
            {
                problems.Add(Sentence(problem!));
            }
        }
        return new IngressReading(events, problems);
    }

    private static IngressReading Refused(IngestProblem problem) => new([], [Sentence(problem)]);

    private static string Sentence(IngestProblem problem) => $"{problem.Code} {problem.Pointer}: {problem.Message}";

    private static byte FirstByte(ReadOnlySpan<byte> json)
    {
        var trimmed = json.TrimStart(" \t\r\n"u8);
        return trimmed.IsEmpty ? (byte)0 : trimmed[0];
    }

    // A single call has no property of that name; looking costs less than reading it twice.
    private static bool HasBatch(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 512 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("batch"u8))
                {
                    return true;
                }
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Whoever scans it next says what is wrong with it.
        }
        return false;
    }
}
