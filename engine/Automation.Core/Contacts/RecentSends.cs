using System.Collections.Immutable;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>The sends that frequency caps count. Bounded, so a contact never grows without end; lint holds caps inside these bounds.</summary>
public static class RecentSends
{
    /// <summary>Most sends that are remembered, and so the largest <c>at_most</c> of a cap.</summary>
    public const int CountMax = 100;

    /// <summary>How far back they are remembered, and so the longest <c>per</c> of a cap.</summary>
    public static readonly Duration AgeMax = Duration.FromDays(90);

    public static ImmutableArray<RecentSend> Add(ImmutableArray<RecentSend> sends, RecentSend send)
    {
        var oldest = send.At - AgeMax;
        var first = Math.Max(0, sends.Length + 1 - CountMax);
        while (first < sends.Length && sends[first].At <= oldest)
        {
            first++;
        }
        return first == 0 ? sends.Add(send) : [.. sends.AsSpan()[first..], send];
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
}
