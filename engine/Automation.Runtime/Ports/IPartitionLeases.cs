namespace Automation.Runtime.Ports;

/// <summary>
/// Who decides which partition. A lease runs out by the database's clock, so clocks of nodes may differ; and every new owner gets a
/// greater epoch, which fences off commits of an old one that only was slow.
/// </summary>
public interface IPartitionLeases
{
    /// <summary>How many partitions the store was made with; it never changes.</summary>
    int Partitions { get; }

    /// <summary>Says that the node lives. To be called every two or three seconds; after <see cref="LeaseTimes.NodeSilent"/> without it the node counts as dead.</summary>
    ValueTask BeatAsync(NodeBeat node, CancellationToken cancellation);

    /// <summary>Nodes that live, by the database's clock.</summary>
    ValueTask<IReadOnlyList<NodeBeat>> NodesAsync(CancellationToken cancellation);

    /// <summary>Renews what the node holds and nobody took meanwhile; the answer is all it holds.</summary>
    ValueTask<IReadOnlyList<PartitionLease>> RenewAsync(string node, CancellationToken cancellation);

    /// <summary>
    /// Takes one partition that is free or whose lease ran out, under a new epoch; null when there is none. From then on no commit of an
    /// earlier owner goes through, and locks that one may have held are gone.
    /// </summary>
    ValueTask<PartitionLease?> TakeAsync(string node, CancellationToken cancellation);

    /// <summary>Whether there is a partition that <see cref="TakeAsync"/> would give out. Cheap, for whoever asks several times a second.</summary>
    ValueTask<bool> HasFreeAsync(CancellationToken cancellation);

    /// <summary>A new epoch for a partition that the node holds, after its loop stopped with <see cref="PartitionLostException"/>; null when it does not hold it any more.</summary>
    ValueTask<PartitionLease?> RetakeAsync(string node, int partition, CancellationToken cancellation);

    /// <summary>Gives a partition back at once. Nothing happens where the node does not hold it under this epoch.</summary>
    ValueTask ReleaseAsync(string node, PartitionLease lease, CancellationToken cancellation);

    /// <summary>The node goes: everything it holds is free, and it counts as dead at once.</summary>
    ValueTask LeaveAsync(string node, CancellationToken cancellation);

    /// <summary>Who holds what now, for operators; in the order of partitions.</summary>
    ValueTask<IReadOnlyList<PartitionOwner>> OwnersAsync(CancellationToken cancellation);
}

public readonly record struct PartitionLease(int Partition, long Epoch);

/// <param name="Node">Null when nobody holds it.</param>
public sealed record PartitionOwner(int Partition, string? Node, long Epoch);

/// <param name="Node">Unique for each start of a process, e.g. host, process id and a random end.</param>
/// <param name="Role"><c>api</c>, <c>worker</c>, <c>dispatcher</c>, or several joined by a comma.</param>
public sealed record NodeBeat(string Node, string Role);

public static class LeaseTimes
{
    /// <summary>How long a lease lasts without renewal.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2.5);

    /// <summary>How often it is looked for partitions that nobody holds, so that one that was given back stands still for no longer.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.2);

    /// <summary>How long after its last beat a node counts as dead.</summary>
    public static readonly TimeSpan NodeSilent = TimeSpan.FromSeconds(10);
}
