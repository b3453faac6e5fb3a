using System.Collections.Immutable;
using Automation.Core.Primitives;

namespace Automation.Core.Contacts;

/// <summary>
/// Everything about a contact but what they did. It is an object of its own because nine in ten events change nothing of it: the
/// new contact then shares it with the one before, and the collector has one reference to follow instead of a dozen.
/// </summary>
internal sealed record Standing
{
    public static readonly Standing Empty = new();

    public PropertyBag Attributes { get; init; } = PropertyBag.Empty;

    public ImmutableArray<string> Tags { get; init; } = [];

    public ImmutableArray<Identity> Identities { get; init; } = [];

    public ImmutableArray<ChannelConsent> Consents { get; init; } = [];

    public ImmutableArray<Quota> Quotas { get; init; } = [];

    public ImmutableArray<RecentSend> RecentSends { get; init; } = [];

    public ImmutableArray<Enrollment> Enrollments { get; init; } = [];

    public ImmutableArray<JourneyMemory> Memories { get; init; } = [];

    public ImmutableArray<GoalWatch> Goals { get; init; } = [];

    public ImmutableArray<ArmedTrigger> Armed { get; init; } = [];

    public ImmutableArray<MessageInFlight> Messages { get; init; } = [];

    public ImmutableArray<string> Segments { get; init; } = [];

    public ImmutableArray<string> Lists { get; init; } = [];

    public ImmutableArray<Guid> Replayed { get; init; } = [];

    public int NextEnrollment { get; init; } = 1;

    public long? MergedInto { get; init; }
}
