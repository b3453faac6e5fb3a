using System.Collections.Immutable;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Workspaces;

/// <summary>What holds for all journeys: <c>workspace.yaml</c>, as plain values.</summary>
public sealed record WorkspaceSettings
{
    public static readonly WorkspaceSettings Default = new();

    public const string DefaultZone = "Asia/Shanghai";

    /// <summary>IANA zone for contacts that have none of their own (attribute <c>time_zone</c>).</summary>
    public string TimeZone { get; init; } = DefaultZone;

    /// <summary>By channel.</summary>
    public ImmutableDictionary<string, QuietHours> QuietHours { get; init; } = ImmutableDictionary<string, QuietHours>.Empty;

    public ImmutableArray<FrequencyCap> Caps { get; init; } = [];

    /// <summary>By channel; a channel that is not named needs consent, except <c>webhook</c>, which reaches systems and not people.</summary>
    public ImmutableDictionary<string, ConsentMode> Consent { get; init; } = ImmutableDictionary<string, ConsentMode>.Empty;

    /// <summary>Account for a channel, where a send names none.</summary>
    public ImmutableDictionary<string, string> Accounts { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Share of all contacts, 0 to 100, that no journey sends anything to.</summary>
    public decimal HoldoutPercent { get; init; }

    /// <summary>An event older than this when it arrives counts as history but starts nothing (<c>too_late</c>).</summary>
    public Duration LateAfter { get; init; } = Duration.FromDays(1);

    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>Which attributes and properties are about who somebody is: those that always are, and the workspace's own.</summary>
    public PersonalFields Personal { get; init; } = PersonalFields.Default;
}

/// <summary>No messages in [<paramref name="From"/>, <paramref name="To"/>) in the contact's zone; may span midnight.</summary>
/// <param name="Postpone">True: sends wait until <paramref name="To"/>. False: they are dropped.</param>
public sealed record QuietHours(LocalTime From, LocalTime To, bool Postpone);

/// <summary>At most <paramref name="AtMost"/> messages to one contact with time &gt; now − <paramref name="Per"/>.</summary>
/// <param name="Channel">Counts this channel only; all channels when null.</param>
public sealed record FrequencyCap(string? Channel, int AtMost, Duration Per);

/// <summary>Whether a channel may be used before the contact said yes. A no always holds.</summary>
public enum ConsentMode
{
    Required,
    Assumed,
}

/// <summary>How often and how soon a refused send is tried again: <c>First · Factor^(attempt−1)</c>, capped, with jitter of up to a fifth.</summary>
public sealed record RetryPolicy(int AttemptsMax, Duration First, int Factor, Duration DelayMax)
{
    public static readonly RetryPolicy Default = new(6, Duration.FromSeconds(30), 4, Duration.FromHours(6));
}
