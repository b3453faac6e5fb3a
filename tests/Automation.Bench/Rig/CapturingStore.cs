using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Bench.Rig;

/// <summary>Keeps what the engine commits, so that the floor can write the very same rows.</summary>
internal sealed class CapturingStore(IEngineStore store) : IEngineStore
{
    public List<CommitBatch> Batches { get; } = [];

    /// <summary>Whether batches are kept; they are large.</summary>
    public bool IsOn { get; set; } = true;

    public bool IsShared => store.IsShared;

    public ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation) => store.LoadAsync(request, cancellation);

    public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellation)
    {
        if (IsOn)
        {
            Batches.Add(batch);
        }
        return store.CommitAsync(batch, cancellation);
    }

    public ValueTask<IReadOnlyList<DueContact>> DueContactsAsync(Instant now, int limit, CancellationToken cancellation) =>
        store.DueContactsAsync(now, limit, cancellation);

    public ValueTask<PartitionHead> HeadAsync(int partition, CancellationToken cancellation) => store.HeadAsync(partition, cancellation);
}
