using System.Collections.Immutable;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>The sum of one numeric property over occurrences. Decimal, because sums of money are exact.</summary>
public readonly record struct PropertySum(string Property, decimal Sum);

/// <summary>One remembered occurrence: when, and its numeric properties.</summary>
public readonly record struct Occurrence(Instant At, ImmutableArray<PropertySum> Numbers);

/// <summary>Occurrences that became too old for the exact list, summed by UTC day (days since 1970-01-01).</summary>
public readonly record struct HistoryBucket(int Day, int Count, ImmutableArray<PropertySum> Sums);

/// <summary>
/// What a contact did under one event name: totals for ever, the newest occurrences exactly, older ones by day.
/// Windows are exact as long as they reach back no further than <see cref="RecentMax"/> occurrences.
/// </summary>
/// <param name="Recent">Oldest first; equal times in order of arrival. Every occurrence in a bucket is as old as these, or older.</param>
/// <param name="Buckets">Oldest first, one for each day that has any.</param>
public sealed partial record EventHistory(
    string Name,
    long Count,
    Instant First,
    Instant Last,
    ImmutableArray<PropertySum> Sums,
    ImmutableArray<Occurrence> Recent,
    ImmutableArray<HistoryBucket> Buckets)
{
    /// <summary>How many occurrences are kept exactly.</summary>
    public const int RecentMax = 64;

    /// <summary>How many day buckets are kept behind the exact list.</summary>
    public const int BucketsMax = 400;

    /// <summary>How many numeric properties of one event are summed, in their order of arrival.</summary>
    public const int NumbersMax = 8;

    /// <summary>How many different numeric properties are summed under one event name; the first ones seen.</summary>
    public const int SumsMax = 32;
}
