using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Bench.Rig;

/// <summary>Keeps what the engine commits, so that the floor can write the very same rows.</summary>
internal sealed class CapturingStore(IEngineStore store) : IEngineStore
{
    private long _events;
    private long _settled;

    public List<CommitBatch> Batches { get; } = [];

    /// <summary>Whether batches are kept; they are large.</summary>
    public bool IsOn { get; set; } = true;

    public bool IsShared => store.IsShared;

    public ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation) => store.LoadAsync(request, cancellation);

    /// <summary>Told after each commit, on the loop's thread.</summary>
    public event Action? Committed;

    /// <summary>Events that are durable.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>Outcomes of messages that are durable.</summary>
    public long Settled => Volatile.Read(ref _settled);

    public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellation)
    {
        if (IsOn)
        {
            Batches.Add(batch);
        }
        var result = await store.CommitAsync(batch, cancellation);
        Interlocked.Add(ref _events, batch.Events.Count);
        Interlocked.Add(ref _settled, batch.MessageChanges.Count);
        Committed?.Invoke();
        return result;
    }

    public ValueTask<IReadOnlyList<DueContact>> DueContactsAsync(Instant now, int limit, CancellationToken cancellation) =>
        store.DueContactsAsync(now, limit, cancellation);

    public ValueTask<PartitionHead> HeadAsync(int partition, CancellationToken cancellation) => store.HeadAsync(partition, cancellation);
}
