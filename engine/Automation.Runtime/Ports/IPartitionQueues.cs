using Automation.Runtime.Loop;

namespace Automation.Runtime.Ports;

/// <summary>The queues that feed partitions. Whoever owns a partition opens its queue to the engine it runs for it.</summary>
public interface IPartitionQueues
{
    /// <summary>
    /// Brings the partition's envelopes to the engine, in order, and acknowledges each when it is committed. Disposing takes
    /// nothing more in and returns when what was taken in is acknowledged; the rest goes to the next owner.
    /// </summary>
    ValueTask<IAsyncDisposable> OpenAsync(int partition, IEngine engine, CancellationToken cancellation);
}
