using Automation.Core.Contacts;
using Automation.Server.Ingest;
using NodaTime;

namespace Automation.Server.Simulating;

/// <summary>A line that is no event, and why.</summary>
internal sealed record RejectedLine(long Line, IngestProblem Problem);

/// <summary>
/// Recorded events from a file, one JSON object a line in the shape the Segment SDKs send. A line without a message id gets one
/// from its place and bytes, so that reading the file again gives the same events.
/// </summary>
internal sealed class EventLines
{
    private const int LineBytesMax = 1 << 20;

    private readonly List<RejectedLine> _rejected = [];

    /// <summary>Lines that are not empty.</summary>
    public long Total { get; private set; }

    public IReadOnlyList<RejectedLine> Rejected => _rejected;

    /// <param name="name">Goes into the ids of lines that have none.</param>
    public IEnumerable<ContactEvent> Read(Stream stream, string name)
    {
        using var lines = new LineReader(stream);
        while (lines.Next() is { } line)
        {
            if (IsBlank(line.Span))
            {
                continue;
            }
            Total++;
            if (Event(line.Span, name, lines.Number) is { } happened)
            {
                yield return happened;
            }
        }
    }

    private ContactEvent? Event(Span<byte> line, string name, long number)
    {
        if (line.Length > LineBytesMax)
        {
            return Reject(number, new IngestProblem(
                IngestCodes.EventTooLarge, "", $"Expected at most {LineBytesMax} bytes, but the line has {line.Length}."));
        }
        var happened = TrackingEvents.ReadLine(line, null, LineId.Of(name, number, line), out var problem);
        if (happened is null)
        {
            return Reject(number, problem!);
        }
        // What has no time of its own is read as the beginning of all times, and nobody recorded anything then.
        return happened.OccurredAt > Instant.FromUnixTimeSeconds(0)
            ? happened
            : Reject(number, new IngestProblem(
                IngestCodes.MissingProperty, "/timestamp", "Expected a property timestamp, but it is missing.", happened.MessageId));
    }

    private ContactEvent? Reject(long number, IngestProblem problem)
    {
        _rejected.Add(new RejectedLine(number, problem));
        return null;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;
}
