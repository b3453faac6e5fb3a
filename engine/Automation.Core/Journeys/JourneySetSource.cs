using System.Collections.Immutable;
using Automation.Core.Deciding;
using Automation.Core.Workspaces;
using NodaTime;

namespace Automation.Core.Journeys;

/// <summary>Everything a <see cref="JourneySet"/> is compiled from: plain values, gathered by the shell whenever a definition changes.</summary>
public sealed record JourneySetSource
{
    public WorkspaceSettings Settings { get; init; } = WorkspaceSettings.Default;

    /// <summary>The current version of each journey, and older versions that still have enrollments.</summary>
    public ImmutableArray<JourneyVersion> Journeys { get; init; } = [];

    /// <summary>The current version of each template.</summary>
    public ImmutableArray<MessageTemplate> Templates { get; init; } = [];

    public ImmutableArray<Segment> Segments { get; init; } = [];

    public ImmutableArray<AccountTraits> Accounts { get; init; } = [];
}

/// <param name="Current">Whether it is the published version: only that one enrols.</param>
/// <param name="Pause">Set while the journey is paused; holds for all of its versions.</param>
/// <param name="PublishedAt">When the journey went live; null for always.</param>
/// <param name="CountExisting">Whether contacts who matched a dormancy, date or segment trigger already then may enter.</param>
public sealed record JourneyVersion(
    Journey Journey, int Version, bool Current, JourneyPause? Pause = null, Instant? PublishedAt = null, bool CountExisting = true);

public sealed record JourneyPause(Instant Since, PauseTime Time);

/// <summary>What the core must know of a configured connector, from its manifest and configuration.</summary>
/// <param name="Key">As journeys and settings name it.</param>
/// <param name="Channels">Channels it can send on.</param>
/// <param name="Receipts">Whether the vendor tells of delivery; without receipts a sent message counts as delivered.</param>
public sealed record AccountTraits(string Key, ImmutableArray<ChannelTraits> Channels, bool Receipts, bool AnswersCalls);

/// <param name="AddressType">Identity type of its addresses, e.g. <c>phone</c>, <c>open_id:wx123</c>; null where a message needs none. <c>open_id:*</c> takes any app's.</param>
/// <param name="TextMax">Longest text field in characters; null for no limit.</param>
/// <param name="BytesMax">Largest content in bytes of JSON; null for no limit.</param>
public sealed record ChannelTraits(string Channel, string? AddressType, int? TextMax, int? BytesMax);
