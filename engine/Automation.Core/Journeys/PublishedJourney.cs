using System.Collections.Frozen;
using System.Collections.Immutable;
using Automation.Core.Rules;
using Automation.Core.Steps;
using NodaTime;

namespace Automation.Core.Journeys;

/// <summary>One version of a journey, compiled once: rules are delegates, steps know what they do.</summary>
internal sealed class PublishedJourney
{
    private readonly FrozenDictionary<string, Step> _steps;

    public PublishedJourney(JourneyVersion source)
    {
        var journey = source.Journey;
        Key = journey.Key;
        Version = source.Version;
        Current = source.Current;
        Pause = source.Pause;
        PublishedAt = source.PublishedAt;
        CountExisting = source.CountExisting;
        Document = journey;
        Audience = RuleCompiler.Compile(journey.Entry.Audience);
        Exits = [.. journey.Exits.Select(exit => new EventTest(exit.Event, RuleCompiler.Compile(exit.Where)))];
        Goal = journey.Goal is { } goal ? new EventTest(goal.Event, RuleCompiler.Compile(goal.Where)) : null;
        _steps = journey.Steps.ToFrozenDictionary(node => node.Id, StepFactory.Compile, StringComparer.Ordinal);
        FirstStep = journey.Steps.IsEmpty ? null : journey.Steps[0].Id;
        EntryKey = journey.Entry is { Repeat: EntryRepeat.Per, Per: { } field } && FieldPath.TryParse(field, out var path)
            ? FieldSource.For(path, null)
            : null;
        Trigger = new CompiledTrigger(journey.Trigger);
    }

    public string Key { get; }

    public int Version { get; }

    public bool Current { get; }

    public JourneyPause? Pause { get; }

    public Instant? PublishedAt { get; }

    public bool CountExisting { get; }

    public Journey Document { get; }

    public CompiledTrigger Trigger { get; }

    public CompiledRule Audience { get; }

    /// <summary>Where <c>per</c> entries find their key.</summary>
    public FieldSource? EntryKey { get; }

    public ImmutableArray<EventTest> Exits { get; }

    public EventTest? Goal { get; }

    public string? FirstStep { get; }

    public Step? FindStep(string id) => _steps.GetValueOrDefault(id);

    /// <summary>Whether a moment lies before publication and those who matched then were not to enter.</summary>
    public bool IsBeforeCounting(Instant moment) => !CountExisting && PublishedAt is { } published && moment <= published;
}

/// <summary>An event by name and rule.</summary>
internal sealed record EventTest(string Event, CompiledRule Where);

/// <summary>The trigger's rules, compiled.</summary>
internal sealed class CompiledTrigger
{
    public CompiledTrigger(Trigger document)
    {
        Document = document;
        Where = document is Trigger.OnEvent on ? RuleCompiler.Compile(on.Where) : CompiledRule.Everything;
        if (document is Trigger.OnNotDone notDone)
        {
            Did = new EventTest(notDone.Did.Event, RuleCompiler.Compile(notDone.Did.Where));
            ButNot = new EventTest(notDone.ButNot.Event, RuleCompiler.Compile(notDone.ButNot.Where));
        }
    }

    public Trigger Document { get; }

    public CompiledRule Where { get; }

    public EventTest? Did { get; }

    public EventTest? ButNot { get; }
}
