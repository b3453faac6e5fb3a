using System.Collections.Immutable;
using Automation.Core.Rules;
using Automation.Core.Steps;
using NodaTime;

namespace Automation.Core.Journeys;

/// <summary>What a marketer draws, as one document. No layout coordinates: the canvas lays itself out.</summary>
public sealed record Journey(
    string Key,
    string Name,
    Trigger Trigger,
    EntryRule Entry,
    ImmutableArray<ExitRule> Exits,
    Goal? Goal,
    ImmutableArray<StepNode> Steps)
{
    public string? Description { get; init; }

    /// <summary>Remarks for people, by step id or free; the engine never reads them.</summary>
    public ImmutableArray<JourneyNote> Notes { get; init; } = [];
}

public sealed record JourneyNote(string? Step, string Text);

/// <summary>How often a contact may enter.</summary>
public enum EntryRepeat
{
    /// <summary>Once in a lifetime.</summary>
    Once,

    /// <summary>Again when <see cref="EntryRule.After"/> has passed since the last entry, and that enrollment has ended.</summary>
    After,

    /// <summary>Again as soon as the last enrollment has ended.</summary>
    Always,

    /// <summary>Once for each value of <see cref="EntryRule.Per"/>, several at a time.</summary>
    Per,
}

/// <summary>Who may enter, and how often.</summary>
/// <param name="Per">A field, e.g. <c>event.order_id</c>.</param>
/// <param name="HoldoutPercent">Share of contacts, 0 to 100, that never enter, as a control group.</param>
public sealed record EntryRule(EntryRepeat Repeat, Duration? After, string? Per, RuleGroup Audience, decimal HoldoutPercent = 0)
{
    public static readonly EntryRule Once = new(EntryRepeat.Once, null, null, RuleGroup.Everything);
}

/// <summary>An event that ends the enrollment wherever it stands.</summary>
public sealed record ExitRule(string Event, RuleGroup Where);

/// <summary>What counts as success: an event within a time of entering, worth the named property.</summary>
public sealed record Goal(string Event, RuleGroup Where, Duration? Within, string? Value);
