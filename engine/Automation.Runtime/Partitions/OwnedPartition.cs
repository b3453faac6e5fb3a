using Automation.Runtime.Loop;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Partitions;

/// <summary>One partition that this process decides: its store, its loop, its sweep of the outbox, and the queue that feeds it.</summary>
internal sealed class OwnedPartition(PartitionLease lease, IPartitionStore store, EngineHost host) : IAsyncDisposable
{
    private IAsyncDisposable? _queue;

    public PartitionLease Lease => lease;

    public EngineHost Host => host;

    /// <summary>The loop ended by itself: somebody else owns the partition, or this owner must take it anew.</summary>
    public bool IsLost => host.Ended.IsCompleted;

    public async Task StartAsync(IPartitionQueues queues, CancellationToken cancellation)
    {
        await host.StartAsync(withTimers: true, cancellation);
        _queue = await queues.OpenAsync(lease.Partition, host, cancellation);
    }

    /// <summary>Takes nothing more in, and returns when what was taken in is committed and acknowledged.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_queue is not null)
        {
            await _queue.DisposeAsync();
        }
        try
        {
            await host.DisposeAsync();
        }
        catch (PartitionLostException)
        {
            // Its commits are fenced off: everything that was under way is the next owner's.
        }
        await store.DisposeAsync();
    }
}
