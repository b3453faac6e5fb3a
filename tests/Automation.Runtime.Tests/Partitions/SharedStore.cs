using Automation.Runtime.Loop;
using Automation.Runtime.Memory;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Tests.Partitions;

/// <summary>A store in memory that several workers share: each partition a chain of its own, fenced by its lease's epoch.</summary>
internal sealed class SharedStore(int partitions) : IPartitionedStore
{
    private readonly InMemoryStore[] _memory = [.. Enumerable.Range(0, partitions).Select(_ => new InMemoryStore())];

    public int Partitions => partitions;

    public SharedLeases LeasesShared { get; } = new(partitions);

    public IPartitionLeases Leases => LeasesShared;

    public ILedgerStore Ledger => throw new NotSupportedException();

    public IOutboxStore Outbox => throw new NotSupportedException();

    public IDefinitionStore Definitions => throw new NotSupportedException();

    public IHoldStore Holds => throw new NotSupportedException();

    public IOperationsStore Operations => throw new NotSupportedException();

    public IDefinitionChanges Changes => throw new NotSupportedException();

    public IIntentClaims Claims => throw new NotSupportedException();

    public ILedgerUpkeep Upkeep => throw new NotSupportedException();

    /// <summary>What the next start of a loop runs into.</summary>
    public Exception? HeadFailure { get; set; }

    public IPartitionStore Engine(PartitionLease lease) => new Fenced(this, lease);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Fenced(SharedStore store, PartitionLease lease) : IPartitionStore
    {
        private InMemoryStore Memory => store._memory[lease.Partition];

        public ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation) => Memory.LoadAsync(request, cancellation);

        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellation) =>
            store.LeasesShared.Epoch(lease.Partition) == lease.Epoch
                ? Memory.CommitAsync(batch, cancellation)
                : throw new PartitionLostException(lease.Partition, "Expected to own the partition, but another does.");

        public ValueTask<IReadOnlyList<DueContact>> DueContactsAsync(Instant now, int limit, CancellationToken cancellation) =>
            Memory.DueContactsAsync(now, limit, cancellation);

        public ValueTask<PartitionHead> HeadAsync(int partition, CancellationToken cancellation)
        {
            if (store.HeadFailure is { } failure)
            {
                store.HeadFailure = null;
                throw failure;
            }
            return Memory.HeadAsync(partition, cancellation);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>Which engine each partition's queue feeds now; a queue that two workers opened at once is a failure.</summary>
internal sealed class SharedQueues : IPartitionQueues
{
    private readonly Dictionary<int, IEngine> _open = [];

    public IReadOnlyDictionary<int, IEngine> Open => _open;

    /// <summary>Whether two may have a queue open at once, as when a process stood still and another took over.</summary>
    public bool MayOverlap { get; set; }

    public ValueTask<IAsyncDisposable> OpenAsync(int partition, IEngine engine, CancellationToken cancellation)
    {
        Assert.True(MayOverlap || !_open.ContainsKey(partition), $"Expected the queue of partition {partition} to be closed, but somebody has it open.");
        _open[partition] = engine;
        return ValueTask.FromResult<IAsyncDisposable>(new Closing(this, partition, engine));
    }

    private sealed class Closing(SharedQueues queues, int partition, IEngine engine) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            if (queues._open.GetValueOrDefault(partition) == engine)
            {
                queues._open.Remove(partition);
            }
            return ValueTask.CompletedTask;
        }
    }
}
