using System.Text.Json;
using Automation.Core.Journeys;
using Automation.Runtime.Sweeps;
using NodaTime;

namespace Automation.Runtime.Definitions;

/// <summary>What is so of a journey beside its document: live, paused or archived, and the sweeps that are under way.</summary>
public sealed record JourneyState
{
    public static readonly JourneyState Fresh = new();

    /// <summary>When the current version went live.</summary>
    public Instant? PublishedAt { get; init; }

    /// <summary>Whether contacts who matched a dormancy, date or segment trigger already then may enter.</summary>
    public bool CountExisting { get; init; } = true;

    public JourneyPause? Pause { get; init; }

    /// <summary>Enrols nobody any more; who is on the way goes on.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Sweeps that have not ended, oldest first. They go on where they stood when the process starts again.</summary>
    public IReadOnlyList<SweepPlan> Sweeps { get; init; } = [];

    public static JourneyState Read(string? json) =>
        json is null ? Fresh : JsonSerializer.Deserialize<JourneyState>(json, StateJson.Options) ?? Fresh;

    public string Write() => JsonSerializer.Serialize(this, StateJson.Options);
}
