using System.Text.Json;
using System.Text.Unicode;
using Automation.Core.Contacts;
using NodaTime;

namespace Automation.Server.Ingest;

/// <summary>
/// The outline of a request's body, from one pass over its tokens: where each call stands, and what is said once for all of them.
/// The pass also proves the syntax, so that one bad event of a batch can be refused without the others.
/// </summary>
internal sealed class TrackingBody
{
    // Deeper than any single call may be, so that a deep call is refused by itself.
    private const int DepthMax = 512;

    private bool _hasBatch;

    private TrackingBody()
    {
    }

    public IngestProblem? Problem { get; private set; }

    public string? WriteKey { get; private set; }

    public Instant? SentAt { get; private set; }

    /// <summary>Identities from the context beside a batch.</summary>
    public List<Identity>? Identities { get; private set; }

    /// <summary>Where the calls stand, start and end.</summary>
    public List<Range> Calls { get; } = [];

    /// <summary>Scans a body and mends its text.</summary>
    public static TrackingBody Scan(Span<byte> json, bool isBatch)
    {
        var body = new TrackingBody();
        if (Prepare(json) is { } notText)
        {
            body.Problem = notText;
            return body;
        }
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
        try
        {
            body.Scan(ref reader, json, isBatch);
        }
        catch (JsonException wrong)
        {
            body.Problem = Malformed(wrong);
        }
        return body;
    }

    /// <summary>Checks the syntax of a single call and mends its text; null when it is sound.</summary>
    public static IngestProblem? Syntax(Span<byte> json) => Scan(json, isBatch: false).Problem;

    private static IngestProblem? Prepare(Span<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return new IngestProblem(IngestCodes.MalformedJson, "", "Expected text in UTF-8, but the bytes are of another encoding.");
        }
        TextMending.Mend(json);
        return null;
    }

    private static IngestProblem Malformed(JsonException wrong)
    {
        var end = wrong.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = end < 0 ? wrong.Message : wrong.Message[..end];
        if (wrong.Message.Contains("isFinalBlock", StringComparison.Ordinal))
        {
            reason = "it ends too early."; // The reader speaks of its own arguments there.
        }
        // The reason may quote the offending byte, which is no secret; it never quotes a whole value.
        return new IngestProblem(
            IngestCodes.MalformedJson, "",
            FormattableString.Invariant($"Expected JSON, but it breaks at line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}: {reason}"));
    }

    private void Scan(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, bool isBatch)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Problem = new IngestProblem(IngestCodes.WrongType, "", "Expected an object, but found another value.");
            reader.Skip();
        }
        else
        {
            ScanObject(ref reader, json, isBatch);
        }
        // Whatever stands behind the object makes the reader throw here.
        reader.Read();
        if (isBatch && Problem is null && Calls.Count == 0 && !_hasBatch)
        {
            Problem = new IngestProblem(IngestCodes.MissingProperty, "/batch", "Expected a property batch, but it is missing.");
        }
        if (!isBatch)
        {
            Calls.Add(Range.All);
        }
    }

    private void ScanObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, bool isBatch)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("writeKey"u8))
            {
                reader.Read();
                WriteKey = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }
            else if (isBatch && reader.ValueTextEquals("batch"u8))
            {
                reader.Read();
                ScanBatch(ref reader);
                continue;
            }
            else if (isBatch && reader.ValueTextEquals("sentAt"u8))
            {
                reader.Read();
                SentAt = reader.TokenType == JsonTokenType.String && SegmentTime.TryRead(ref reader, out var time) ? time : null;
            }
            else if (isBatch && reader.ValueTextEquals("context"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                Identities = TrackingReader.ReadContext(json[start..(int)reader.BytesConsumed]);
                continue;
            }
            reader.Skip();
        }
    }

    private void ScanBatch(ref Utf8JsonReader reader)
    {
        _hasBatch = true;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Problem = new IngestProblem(IngestCodes.WrongType, "/batch", "Expected a list, but found another value.");
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            Calls.Add(start..(int)reader.BytesConsumed);
        }
        if (Calls.Count > IngestLimits.BatchEventsMax)
        {
            Problem = new IngestProblem(
                IngestCodes.TooMany, "/batch", $"Expected at most {IngestLimits.BatchEventsMax} events, but found {Calls.Count}.");
        }
    }
}
