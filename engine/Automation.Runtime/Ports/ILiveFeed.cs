using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>
/// What happens now, for the screen: how often each thing happened, a second at a time, in all processes together. It may miss a
/// second when a process or Redis dies; the store's counters never do.
/// </summary>
public interface ILiveFeed
{
    /// <summary>A commit happened. It returns at once and never throws.</summary>
    void Happened(IReadOnlyDictionary<CounterKey, long> counters);

    /// <summary>Every second in which something happened, from now on.</summary>
    IAsyncEnumerable<LiveSecond> FollowAsync(CancellationToken cancellation);

    /// <summary>The last minutes, the newest first; minutes in which nothing happened are left out.</summary>
    ValueTask<IReadOnlyList<LiveMinute>> RecentAsync(int minutes, CancellationToken cancellation);
}

public sealed record LiveSecond(Instant At, IReadOnlyDictionary<CounterKey, long> Counters);

/// <param name="Start">A whole minute.</param>
public sealed record LiveMinute(Instant Start, IReadOnlyDictionary<CounterKey, long> Counters);
