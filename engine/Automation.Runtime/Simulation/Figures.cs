using Automation.Core.Journeys;
using NodaTime;

namespace Automation.Runtime.Simulation;

/// <summary>What came of one journey.</summary>
public sealed class JourneyFigures
{
    private readonly SortedDictionary<string, long> _notEnrolled = new(StringComparer.Ordinal);

    private readonly Dictionary<string, StepFigures> _steps;

    internal JourneyFigures(Journey journey)
    {
        Steps = [.. journey.Steps.DistinctBy(step => step.Id).Select(step => new StepFigures(step.Id)).OrderBy(step => step.Id, StringComparer.Ordinal)];
        _steps = Steps.ToDictionary(step => step.Id, StringComparer.Ordinal);
    }

    /// <summary>Files have no versions: they are what would be published.</summary>
    public int Version { get; } = 1;

    public long Enrolled { get; internal set; }

    public long Completed { get; internal set; }

    public long Exited { get; internal set; }

    public long Active => Enrolled - Completed - Exited;

    public long Converted { get; internal set; }

    /// <summary>Sum of what the conversions were worth.</summary>
    public decimal Value { get; internal set; }

    /// <summary>By reason, in order.</summary>
    public IReadOnlyDictionary<string, long> NotEnrolled => _notEnrolled;

    /// <summary>By id, in order.</summary>
    public IReadOnlyList<StepFigures> Steps { get; }

    internal void Refuse(string reason) => _notEnrolled[reason] = _notEnrolled.GetValueOrDefault(reason) + 1;

    public StepFigures? Step(string id) => _steps.GetValueOrDefault(id);
}

/// <summary>How many came to a step and went on. A loop's second round counts again.</summary>
public sealed class StepFigures
{
    internal StepFigures(string id) => Id = id;

    public string Id { get; }

    public long Entered { get; internal set; }

    public long Left { get; internal set; }

    public long Waiting => Entered - Left;
}

/// <summary>What went out on one channel, and what did not.</summary>
public sealed class ChannelFigures
{
    private readonly SortedDictionary<string, long> _suppressed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<LocalDate, long> _byDay = [];

    public long Sent { get; private set; }

    /// <summary>By reason, in order.</summary>
    public IReadOnlyDictionary<string, long> Suppressed => _suppressed;

    /// <summary>Sent by day in the workspace's zone, in order.</summary>
    public IReadOnlyDictionary<LocalDate, long> ByDay => _byDay;

    internal void Send(LocalDate day)
    {
        Sent++;
        _byDay[day] = _byDay.GetValueOrDefault(day) + 1;
    }

    internal void Suppress(string reason) => _suppressed[reason] = _suppressed.GetValueOrDefault(reason) + 1;
}
