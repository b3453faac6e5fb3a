using Automation.Runtime.Ports;

namespace Automation.Runtime.Tests.Partitions;

/// <summary>Leases as a database keeps them, under a clock that the test moves.</summary>
internal sealed class SharedLeases(int partitions) : IPartitionLeases
{
    private readonly Dictionary<string, (string Role, TimeSpan SeenAt)> _nodes = new(StringComparer.Ordinal);
    private readonly (string? Owner, long Epoch, TimeSpan ExpiresAt)[] _leases = new (string? Owner, long Epoch, TimeSpan ExpiresAt)[partitions];

    public int Partitions => partitions;

    public TimeSpan Now { get; set; }

    /// <summary>What the next call runs into.</summary>
    public Exception? Failure { get; set; }

    public long Epoch(int partition) => _leases[partition].Epoch;

    public string? Role(string node) => _nodes.TryGetValue(node, out var beat) ? beat.Role : null;

    public ValueTask BeatAsync(NodeBeat node, CancellationToken cancellation)
    {
        Fail();
        _nodes[node.Node] = (node.Role, Now);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<NodeBeat>> NodesAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<NodeBeat>>(
        [.. _nodes.Where(node => node.Value.SeenAt > Now - LeaseTimes.NodeSilent).Select(node => new NodeBeat(node.Key, node.Value.Role))]);

    public ValueTask<IReadOnlyList<PartitionLease>> RenewAsync(string node, CancellationToken cancellation)
    {
        Fail();
        var held = Enumerable.Range(0, partitions).Where(partition => _leases[partition].Owner == node).ToList();
        held.ForEach(partition => _leases[partition].ExpiresAt = Now + LeaseTimes.Lease);
        return ValueTask.FromResult<IReadOnlyList<PartitionLease>>([.. held.Select(Lease)]);
    }

    public ValueTask<PartitionLease?> TakeAsync(string node, CancellationToken cancellation)
    {
        var free = Array.FindIndex(_leases, IsFree);
        return ValueTask.FromResult(free < 0 ? null : Give(node, free));
    }

    public ValueTask<bool> HasFreeAsync(CancellationToken cancellation) => ValueTask.FromResult(Array.Exists(_leases, IsFree));

    public ValueTask<PartitionLease?> RetakeAsync(string node, int partition, CancellationToken cancellation) =>
        ValueTask.FromResult(_leases[partition].Owner == node ? Give(node, partition) : null);

    public ValueTask ReleaseAsync(string node, PartitionLease lease, CancellationToken cancellation)
    {
        if (_leases[lease.Partition] is var held && held.Owner == node && held.Epoch == lease.Epoch)
        {
            _leases[lease.Partition].Owner = null;
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask LeaveAsync(string node, CancellationToken cancellation)
    {
        for (var partition = 0; partition < partitions; partition++)
        {
            if (_leases[partition].Owner == node)
            {
                _leases[partition].Owner = null;
            }
        }
        _nodes.Remove(node);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<PartitionOwner>> OwnersAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<PartitionOwner>>(
        [.. _leases.Select((lease, partition) => new PartitionOwner(partition, IsFree(lease) ? null : lease.Owner, lease.Epoch))]);

    private bool IsFree((string? Owner, long Epoch, TimeSpan ExpiresAt) lease) => lease.Owner is null || lease.ExpiresAt < Now;

    private PartitionLease? Give(string node, int partition)
    {
        _leases[partition] = (node, _leases[partition].Epoch + 1, Now + LeaseTimes.Lease);
        return Lease(partition);
    }

    private PartitionLease Lease(int partition) => new(partition, _leases[partition].Epoch);

    private void Fail()
    {
        if (Failure is { } failure)
        {
            Failure = null;
            throw failure;
        }
    }
}
