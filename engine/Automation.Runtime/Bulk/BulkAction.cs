using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Bulk;

/// <summary>What a person may do with many at once.</summary>
public enum BulkKind
{
    /// <summary>Have messages that failed for good sent once more.</summary>
    ReplayFailed,

    /// <summary>End the enrollments of a journey.</summary>
    ExitPeople,
}

/// <summary>Whom or what it is about; null means any.</summary>
public sealed record BulkFilter
{
    public string? Journey { get; init; }

    /// <summary>Exits only: who stands at this step.</summary>
    public string? Step { get; init; }

    /// <summary>Exits only: who is on the way in this version.</summary>
    public int? Version { get; init; }

    /// <summary>Exits only: who is in this segment or on this list.</summary>
    public string? Segment { get; init; }

    public string? Channel { get; init; }

    public string? Account { get; init; }

    public string? Template { get; init; }

    /// <summary>Replays only: why they failed; empty for whatever reason.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Replays only: failed at this time or later.</summary>
    public Instant? From { get; init; }

    /// <summary>Replays only: failed before this.</summary>
    public Instant? To { get; init; }

    /// <summary>In words, for the ledger.</summary>
    public string Text => string.Join(' ', new[]
    {
        Word("journey", Journey), Word("step", Step), Version is { } version ? FormattableString.Invariant($"version:{version}") : null,
        Word("segment", Segment), Word("channel", Channel), Word("account", Account), Word("template", Template),
        Reasons.Count == 0 ? null : $"reason:{string.Join(',', Reasons)}", From is { } from ? $"from:{from}" : null, To is { } to ? $"to:{to}" : null,
    }.Where(static word => word is not null));

    /// <param name="asOf">What fails later is not about what was previewed.</param>
    public FailedQuery Failed(Instant asOf) => new(From ?? Instant.FromUnixTimeMilliseconds(0), To is { } to ? Instant.Min(to, asOf) : asOf)
    {
        Journey = Journey, Channel = Channel, Account = Account, Template = Template, Reasons = Reasons,
    };

    private static string? Word(string name, string? value) => value is null ? null : $"{name}:{value}";
}

/// <param name="Id">Given out with the preview: who sends the same request twice begins one action.</param>
/// <param name="Before">How many it was about as it began.</param>
public sealed record BulkPlan(BulkKind Kind, string Id, string Actor, string Reason, Instant At, BulkFilter Filter, long Before)
{
    /// <summary>Its name in the ledger, in the API and on the command line.</summary>
    public string Action => NameOf(Kind);

    public static string NameOf(BulkKind kind) => kind == BulkKind.ReplayFailed ? "replay_failed" : "exit_people";

    public static BulkPlan Read(string json) => JsonSerializer.Deserialize<BulkPlan>(json, StateJson.Options)!;

    public string Write() => JsonSerializer.Serialize(this, StateJson.Options);
}

/// <summary>How far it is. It is kept after each page, so that the next process goes on where this one ended.</summary>
public sealed record BulkProgress
{
    /// <summary>Of the last message that was asked: when it failed.</summary>
    public Instant? At { get; init; }

    /// <summary>Of the last message that was asked.</summary>
    public Guid? Message { get; init; }

    /// <summary>Of the last enrollment that was asked.</summary>
    public long Contact { get; init; }

    public int Ordinal { get; init; }

    public long Asked { get; init; }

    /// <summary>Who or what was asked and said no, by kind of fact and reason; the most frequent first.</summary>
    public IReadOnlyList<BulkRefusal> Refused { get; init; } = [];

    public Instant? EndedAt { get; init; }

    /// <summary>How many it would still have been about, as it ended.</summary>
    public long After { get; init; }

    public static BulkProgress Read(string? json) => json is null ? new BulkProgress() : JsonSerializer.Deserialize<BulkProgress>(json, StateJson.Options)!;

    public string Write() => JsonSerializer.Serialize(this, StateJson.Options);
}

/// <summary>One reason for which an action did nothing.</summary>
/// <param name="Kind">Of the fact that tells it: <c>replay_refused</c> by a gate, <c>stimulus_rejected</c> where it no longer applied.</param>
public sealed record BulkRefusal(string Kind, string Reason, long Count)
{
    /// <summary>Adds what the facts of one page say to what was counted before.</summary>
    internal static IReadOnlyList<BulkRefusal> Add(IReadOnlyList<BulkRefusal> before, IEnumerable<Fact> facts)
    {
        // Asked twice after a crash: the answer that it is done already is no refusal.
        var news = facts.Where(static fact => fact is StepFact.ReplayRefused or ContactFact.StimulusRejected && fact.Reason != Reasons.AlreadyReplayed)
            .Select(static fact => new BulkRefusal(FactJson.Kind(fact), fact.Reason ?? "", 1));
        return
        [
            .. before.Concat(news).GroupBy(static one => (one.Kind, one.Reason))
                .Select(static group => new BulkRefusal(group.Key.Kind, group.Key.Reason, group.Sum(static one => one.Count)))
                .OrderByDescending(static one => one.Count).ThenBy(static one => one.Reason, StringComparer.Ordinal),
        ];
    }
}

public sealed record BulkAction(BulkPlan Plan, BulkProgress Progress)
{
    public static BulkAction Of(Definition kept) => new(BulkPlan.Read(kept.Draft!), BulkProgress.Read(kept.State));
}
