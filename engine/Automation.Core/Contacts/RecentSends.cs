using System.Collections.Immutable;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>The sends that frequency caps count. Bounded, so a contact never grows without end; lint holds caps inside these bounds.</summary>
public static class RecentSends
{
    /// <summary>
    /// Most sends of a channel that are remembered, and so the largest <c>at_most</c> of a cap. Each channel has its own: else a hundred
    /// webhooks would push out the one message by SMS that a cap is about.
    /// </summary>
    public const int CountMax = 100;

    /// <summary>How far back they are remembered, and so the longest <c>per</c> of a cap.</summary>
    public static readonly Duration AgeMax = Duration.FromDays(90);

    public static ImmutableArray<RecentSend> Add(ImmutableArray<RecentSend> sends, RecentSend send)
    {
        var oldest = send.At - AgeMax;
        var first = 0;
        while (first < sends.Length && sends[first].At <= oldest)
        {
            first++;
        }
        return LeastOf(first == 0 ? sends.Add(send) : [.. sends.AsSpan()[first..], send], send.Channel);
    }

    /// <summary>What two contacts sent, in the order of time.</summary>
    public static ImmutableArray<RecentSend> Merge(ImmutableArray<RecentSend> one, ImmutableArray<RecentSend> other)
    {
        ImmutableArray<RecentSend> both = [.. one.Concat(other).OrderBy(send => send.At)];
        var channels = both.Length <= CountMax ? [] : both.Select(send => send.Channel).Distinct(StringComparer.Ordinal);
        return channels.Aggregate(both, LeastOf);
    }

    public static ImmutableArray<RecentSend> Without(ImmutableArray<RecentSend> sends, Guid message)
    {
        for (var i = sends.Length - 1; i >= 0; i--)
        {
            if (sends[i].Message == message)
            {
                return sends.RemoveAt(i);
            }
        }
        return sends;
    }

    /// <summary>Sends with time &gt; now − per, on one channel or on all of them.</summary>
    public static int CountWithin(ImmutableArray<RecentSend> sends, string? channel, Instant now, Duration per)
    {
        var after = now - per;
        var count = 0;
        for (var i = sends.Length - 1; i >= 0 && sends[i].At > after; i--)
        {
            if (channel is null || string.Equals(sends[i].Channel, channel, StringComparison.Ordinal))
            {
                count++;
            }
        }
        return count;
    }

    // Without the oldest of a channel that has more than its most.
    private static ImmutableArray<RecentSend> LeastOf(ImmutableArray<RecentSend> sends, string channel)
    {
        if (sends.Length <= CountMax)
        {
            return sends;
        }
        var over = sends.Count(send => string.Equals(send.Channel, channel, StringComparison.Ordinal)) - CountMax;
        return over <= 0 ? sends : [.. sends.Where(send => !string.Equals(send.Channel, channel, StringComparison.Ordinal) || over-- <= 0)];
    }
}
