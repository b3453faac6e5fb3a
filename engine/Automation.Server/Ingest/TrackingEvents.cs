using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ingest;
using NodaTime;

namespace Automation.Server.Ingest;

/// <summary>
/// From a call of the Segment tracking API to an event of ours. The tracking API, the recorded events of <c>simulate</c> and
/// imports all read with it, so that the same line means the same everywhere.
/// </summary>
public static class TrackingEvents
{
    /// <summary>One recorded event a line, in the shape the SDKs send. NUL and half characters in it are mended in place.</summary>
    /// <param name="json">One JSON object in UTF-8.</param>
    /// <param name="receivedAt">Its arrival; null takes its own time, as for recordings.</param>
    /// <param name="fallbackId">Its message id where it has none, e.g. made from its line's number, so that two runs read the same.</param>
    /// <param name="problem">Why it is no event, when the result is null.</param>
    public static ContactEvent? ReadLine(Span<byte> json, Instant? receivedAt, string? fallbackId, out IngestProblem? problem)
    {
        if (TrackingBody.Syntax(json) is { } malformed)
        {
            problem = malformed;
            return null;
        }
        var source = new TrackingSource { ReceivedAt = receivedAt, FallbackId = fallbackId };
        return Read(json, "", source, out problem);
    }

    /// <param name="json">One call whose syntax is sound.</param>
    /// <param name="pointer">Where it stands in the request.</param>
    internal static ContactEvent? Read(ReadOnlySpan<byte> json, string pointer, TrackingSource source, out IngestProblem? problem)
    {
        problem = TrackingReader.Read(json, pointer, out var call);
        if (problem is not null)
        {
            return null;
        }
        call.Type = source.Type ?? call.Type;
        problem = Missing(call, pointer);
        if (problem is not null)
        {
            return null;
        }
        var identities = TrackingIdentities.Of(call, source.Identities);
        if (identities.IsEmpty)
        {
            problem = new IngestProblem(
                IngestCodes.NoIdentity, pointer, "Expected a userId, an anonymousId or another identity, but found none.", call.MessageId);
            return null;
        }
        if (call.Type == EventType.Identify && call.Traits.Find(Identity.Phone) is string phone && PhoneNumbers.Normalize(phone) is null)
        {
            source.Notes?.Add(new IngestProblem(
                IngestCodes.BadPhone, $"{pointer}/traits/phone", "Expected a phone number of 5 to 20 digits, but found another text; the rest was taken.", call.MessageId));
        }
        var now = source.ReceivedAt ?? call.Timestamp ?? call.SentAt ?? Instant.FromUnixTimeMilliseconds(0);
        var raw = new ContactEvent(
            // Without an id of its own it gets a new one, so the same call sent twice is two events; the documentation says so.
            call.MessageId ?? source.FallbackId ?? Guid.CreateVersion7().ToString(),
            call.Type!.Value, NameOf(call), call.Timestamp ?? now, now, PropertiesOf(call), identities);
        return EventDoor.Admit(raw, source.ReceivedAt is null ? null : call.SentAt ?? source.SentAt, now);
    }

    private static IngestProblem? Missing(in TrackingCall call, string pointer)
    {
        var property = call.Type switch
        {
            null => "type",
            EventType.Track when call.Event is null or "" => "event",
            EventType.Group when call.GroupId is null => "groupId",
            EventType.Alias when call.PreviousId is null => "previousId",
            _ => null,
        };
        return property is null
            ? null
            : new IngestProblem(
                IngestCodes.MissingProperty, $"{pointer}/{property}", $"Expected a property {property}, but it is missing or empty.", call.MessageId);
    }

    private static string NameOf(in TrackingCall call) => call.Type switch
    {
        EventType.Track => call.Event!,
        EventType.Group => ContactEvent.GroupJoined,
        EventType.Page => "page",
        EventType.Screen => "screen",
        EventType.Alias => "alias",
        _ => "identify",
    };

    private static PropertyBag PropertiesOf(in TrackingCall call) => call.Type switch
    {
        EventType.Identify => call.Traits,
        EventType.Group => call.Traits.With("group_id", call.GroupId),
        EventType.Page or EventType.Screen => Named(call),
        EventType.Alias => PropertyBag.Empty,
        _ => call.Properties,
    };

    private static PropertyBag Named(in TrackingCall call)
    {
        var properties = call.Properties;
        if (call.Name is not null)
        {
            properties = properties.With("name", call.Name);
        }
        return call.Category is null ? properties : properties.With("category", call.Category);
    }
}

/// <summary>What is said once for the calls of a request, or by its address.</summary>
internal sealed record TrackingSource
{
    /// <summary>What the address says each call is; null in a batch, where each call says so itself.</summary>
    public EventType? Type { get; init; }

    /// <summary>Its arrival; null for recordings, which take each call's own time.</summary>
    public Instant? ReceivedAt { get; init; }

    /// <summary>When the batch was sent; a call's own word comes first.</summary>
    public Instant? SentAt { get; init; }

    /// <summary>Identities from the batch's own context.</summary>
    public List<Identity>? Identities { get; init; }

    public string? FallbackId { get; init; }

    /// <summary>Gathers what was left out of calls that were taken.</summary>
    public List<IngestProblem>? Notes { get; init; }
}
