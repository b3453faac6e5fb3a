using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Server.Ingest;

/// <summary>One call of the Segment tracking API as it was written, before it means anything.</summary>
internal struct TrackingCall()
{
    public EventType? Type { get; set; }

    public string? MessageId { get; set; }

    public string? UserId { get; set; }

    public string? AnonymousId { get; set; }

    public string? PreviousId { get; set; }

    public string? GroupId { get; set; }

    public string? Event { get; set; }

    /// <summary>Of a page or screen.</summary>
    public string? Name { get; set; }

    public string? Category { get; set; }

    public Instant? Timestamp { get; set; }

    public Instant? SentAt { get; set; }

    public PropertyBag Properties { get; set; } = PropertyBag.Empty;

    public PropertyBag Traits { get; set; } = PropertyBag.Empty;

    /// <summary>What <c>context.traits</c> and <c>context.externalIds</c> tell of who it is; null for nothing.</summary>
    public List<Identity>? ContextIdentities { get; set; }
}
