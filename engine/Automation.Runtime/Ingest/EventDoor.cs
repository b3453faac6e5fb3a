using Automation.Core.Contacts;
using NodaTime;

namespace Automation.Runtime.Ingest;

/// <summary>
/// Every event from outside comes through here. It puts the times right that senders get wrong, so that behind it an event's time
/// is never after its arrival and always whole milliseconds.
/// </summary>
public static class EventDoor
{
    /// <summary>How far ahead a sender's time may be before it is called wrong; below it, it is taken as now.</summary>
    public static readonly Duration AheadMax = Duration.FromMinutes(5);

    /// <summary>A difference below it between sending and arrival is the network's, not the sender's clock's.</summary>
    public static readonly Duration SkewMin = Duration.FromSeconds(5);

    /// <summary>The property that tells which time an event claimed that came from the future.</summary>
    public const string ClockAhead = "clock_ahead";

    /// <param name="raw">The event with the time its sender gave it.</param>
    /// <param name="sentAt">When the sender sent it, by the same clock; null when it does not say.</param>
    public static ContactEvent Admit(ContactEvent raw, Instant? sentAt, Instant now)
    {
        now = WholeMilliseconds(now);
        var occurred = raw.OccurredAt;
        if (sentAt is { } sent && (now - sent > SkewMin || sent - now > SkewMin))
        {
            occurred += now - sent;
        }
        var properties = raw.Properties;
        if (occurred - now > AheadMax && raw.Type != EventType.Identify)
        {
            // Not among the traits of an identify: there it would become an attribute of the contact.
            properties = properties.With(ClockAhead, NodaTime.Text.InstantPattern.ExtendedIso.Format(raw.OccurredAt));
        }
        return raw with
        {
            MessageId = Canonical(raw.MessageId),
            OccurredAt = WholeMilliseconds(Instant.Min(occurred, now)),
            ReceivedAt = now,
            Properties = properties,
        };
    }

    // Stores keep a GUID as bytes, so two spellings of it must be one id already here.
    private static string Canonical(string messageId) =>
        messageId.Length == 36 && Guid.TryParseExact(messageId, "D", out var id) ? id.ToString("D") : messageId;

    private static Instant WholeMilliseconds(Instant time) => Instant.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
