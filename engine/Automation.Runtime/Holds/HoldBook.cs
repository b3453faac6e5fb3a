using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Holds;

/// <summary>
/// The holds as this process knows them, so that no message has to ask the store. Where it is a moment behind, the claim is refused by
/// the store itself.
/// </summary>
public sealed class HoldBook(IHoldStore store)
{
    private volatile Pages _pages = new([], []);

    /// <summary>Told what is in force no more: messages that waited may go.</summary>
    public event Action<IReadOnlyList<HoldTarget>>? Released;

    public IReadOnlyList<Hold> InForce => _pages.InForce;

    /// <summary>The hold that keeps the message back, or null.</summary>
    public Hold? Holding(QueuedMessage message)
    {
        foreach (var hold in _pages.InForce)
        {
            if (hold.Target.Covers(message))
            {
                return hold;
            }
        }
        return null;
    }

    /// <summary>When a hold that it waited under was released, or null where it waited under none: who waited is decided anew.</summary>
    public Instant? WaitedUntil(QueuedMessage message)
    {
        foreach (var hold in _pages.Ended)
        {
            // The latest end comes first, so for a message that was queued after all of them this is one comparison.
            if (hold.End!.At <= message.QueuedAt)
            {
                return null;
            }
            if (hold.Target.Covers(message))
            {
                return hold.End.At;
            }
        }
        return null;
    }

    /// <summary>Reads them again.</summary>
    public async ValueTask ReloadAsync(CancellationToken cancellation = default)
    {
        var all = await store.ListAsync(cancellation);
        var before = _pages;
        _pages = new Pages(
            [.. all.Where(hold => hold.End is null)], [.. all.Where(hold => hold.End is not null).OrderByDescending(hold => hold.End!.At)]);
        // By their end, not by what was in force: a hold that came and went between two readings left messages behind as well.
        var known = before.Ended.Select(hold => (hold.Target, hold.End!.At)).ToHashSet();
        HoldTarget[] released = [.. _pages.Ended.Where(hold => !known.Contains((hold.Target, hold.End!.At))).Select(hold => hold.Target)];
        if (released.Length > 0)
        {
            Released?.Invoke(released);
        }
    }

    private sealed record Pages(Hold[] InForce, Hold[] Ended);
}
