using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;

namespace Automation.Server.Api;

/// <summary>What a journey is doing.</summary>
internal enum JourneyStatus
{
    Draft,
    Published,
    Paused,
    Archived,
}

internal sealed record JourneysAnswer(IReadOnlyList<JourneySummary> Journeys);

/// <param name="Approval">A request that waits for somebody, was approved, or was rejected and not answered yet.</param>
internal sealed record JourneySummary(
    string Key, string Name, JourneyStatus Status, int Version, bool HasDraft, int Revision, DateTimeOffset UpdatedAt, string UpdatedBy,
    ApprovalBrief? Approval)
{
    public static JourneySummary Of(Definition one, Approval? request) => new(
        one.Key, NameOf(one), StatusOf(one, JourneyState.Read(one.State)), one.PublishedVersion, one.Draft is not null, one.Revision,
        one.UpdatedAt.ToDateTimeOffset(), one.UpdatedBy, ApprovalBrief.Of(request, one));

    public static JourneyStatus StatusOf(Definition one, JourneyState state) =>
        one.PublishedVersion == 0 ? JourneyStatus.Draft
        : state.IsArchived ? JourneyStatus.Archived
        : state.Pause is not null ? JourneyStatus.Paused
        : JourneyStatus.Published;

    // A draft may be half a document, and still has a place in the list.
    private static string NameOf(Definition one)
    {
        var document = JsonElement.Parse(one.Draft ?? one.Published ?? "{}");
        return document.ValueKind == JsonValueKind.Object && document.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : one.Key;
    }
}

/// <param name="Draft">The document being edited; left out when it equals the published one.</param>
/// <param name="Version">0 when never published.</param>
internal sealed record JourneyAnswer(
    string Key, JourneyStatus Status, int Revision, int Version, JsonElement? Draft, JsonElement? Published, DateTimeOffset? PublishedAt,
    PauseAnswer? Pause, IReadOnlyList<SweepAnswer> Sweeps, DateTimeOffset UpdatedAt, string UpdatedBy)
{
    public static JourneyAnswer Of(Definition one)
    {
        var state = JourneyState.Read(one.State);
        return new JourneyAnswer(
            one.Key, JourneySummary.StatusOf(one, state), one.Revision, one.PublishedVersion, Parse(one.Draft), Parse(one.Published),
            state.PublishedAt?.ToDateTimeOffset(),
            state.Pause is { } pause ? new PauseAnswer(pause.Since.ToDateTimeOffset(), pause.Time) : null,
            [.. state.Sweeps.Select(SweepAnswer.Of)], one.UpdatedAt.ToDateTimeOffset(), one.UpdatedBy);
    }

    public static JsonElement? Parse(string? document) => document is null ? null : JsonElement.Parse(document);
}

internal sealed record PauseAnswer(DateTimeOffset Since, PauseTime Time);

/// <summary>A walk over contacts that is under way, with its progress.</summary>
internal sealed record SweepAnswer(SweepKind Kind, DateTimeOffset Since, long Asked, long Total)
{
    public static SweepAnswer Of(SweepPlan plan) => new(plan.Kind, plan.At.ToDateTimeOffset(), plan.Asked, plan.Total);
}

internal sealed record SavedAnswer(string Key, int Revision, IReadOnlyList<FindingAnswer> Findings);

internal sealed record FindingsAnswer(IReadOnlyList<FindingAnswer> Findings);

internal sealed record PublishedAnswer(string Key, int Version, int Revision);

/// <param name="Held">How many were held and are let go now.</param>
internal sealed record ResumedAnswer(string Key, long Held);

internal sealed record VersionsAnswer(IReadOnlyList<VersionAnswer> Versions)
{
    public static VersionsAnswer Of(IReadOnlyList<DefinitionVersion> versions) => new(
        [.. versions.OrderByDescending(one => one.Version).Select(one => new VersionAnswer(
            one.Version, one.PublishedAt.ToDateTimeOffset(), one.PublishedBy, JsonElement.Parse(one.Document)))]);
}

internal sealed record VersionAnswer(int Version, DateTimeOffset PublishedAt, string PublishedBy, JsonElement Document);

/// <param name="Steps">Who stands where now.</param>
/// <param name="Counters">What happened so far, by version and step; a name is a kind of fact, with its reason behind a dot.</param>
/// <param name="Held">How many would go at once when the journey is resumed.</param>
/// <param name="Sweeps">Walks over contacts that run now.</param>
internal sealed record StatsAnswer(
    IReadOnlyList<StepStanding> Steps, IReadOnlyList<Happened> Counters, long Held, IReadOnlyList<SweepAnswer> Sweeps);

internal sealed record StepStanding(int Version, string Step, EnrollmentStatus Status, bool Held, long Count);

internal sealed record Happened(int Version, string Step, string Name, long Count);
