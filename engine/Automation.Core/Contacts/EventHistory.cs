using System.Collections.Immutable;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>
/// What a contact did under one event name: totals for ever, the newest occurrences exactly, older ones by day.
/// Windows are exact as long as they reach back no further than <see cref="RecentMax"/> occurrences.
/// </summary>
/// <remarks>
/// Kept as one run of bytes, the very ones that are stored (<see cref="HistoryBytes"/>): a contact asks for few of its occurrences,
/// but the collector would have to visit every object of every contact in memory.
/// </remarks>
public readonly partial struct EventHistory : IEquatable<EventHistory>
{
    /// <summary>How many occurrences are kept exactly.</summary>
    public const int RecentMax = 64;

    /// <summary>How many day buckets are kept behind the exact list.</summary>
    public const int BucketsMax = 400;

    /// <summary>How many numeric properties of one event are summed, in their order of arrival.</summary>
    public const int NumbersMax = 8;

    /// <summary>How many different numeric properties are remembered under one event name; the first ones seen.</summary>
    public const int SumsMax = 32;

    private readonly byte[] _packed;

    internal EventHistory(string name, byte[] packed)
    {
        Name = name;
        _packed = packed;
    }

    public string Name { get; }

    public long Count => Walk().Count;

    public Instant First => Walk().First;

    public Instant Last => Walk().Last;

    /// <summary>Laid out anew at each call, as are the two below.</summary>
    public ImmutableArray<PropertySum> Sums => Log().Sums;

    /// <summary>Oldest first; equal times in order of arrival.</summary>
    public ImmutableArray<Occurrence> Recent => Log().Recent;

    /// <summary>Oldest first, one for each day that has any.</summary>
    public ImmutableArray<HistoryBucket> Buckets => Log().Buckets;

    internal ReadOnlySpan<byte> Packed => _packed;

    public static EventHistory Of(ContactEvent first) => new(first.Name, HistoryBytes.First(first));

    /// <summary>With one more occurrence, at its place in time: events may arrive late.</summary>
    public EventHistory Add(ContactEvent more) =>
        new(Name, HistoryBytes.Appended(_packed, more) ?? HistoryBytes.Pack(Log().Add(more)));

    /// <summary>Of two contacts who are one person: counts and sums add, earliest first, latest last, occurrences by time.</summary>
    public static EventHistory Merge(EventHistory left, EventHistory right) =>
        new(left.Name, HistoryBytes.Pack(HistoryLog.Merge(left.Log(), right.Log())));

    public static bool operator ==(EventHistory left, EventHistory right) => left.Equals(right);

    public static bool operator !=(EventHistory left, EventHistory right) => !left.Equals(right);

    public bool Equals(EventHistory other) => Name == other.Name && Packed.SequenceEqual(other.Packed);

    public override bool Equals(object? obj) => obj is EventHistory other && Equals(other);

    // Only for hashed collections within one process; never stored.
    public override int GetHashCode() => _packed.Length;

    private HistoryLog Log() => HistoryBytes.Unpack(_packed);

    private HistoryWalk Walk() => new(_packed);
}
