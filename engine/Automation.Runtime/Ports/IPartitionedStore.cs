namespace Automation.Runtime.Ports;

/// <summary>A store that several processes write at once, each its own partitions.</summary>
public interface IPartitionedStore : IAsyncDisposable
{
    int Partitions { get; }

    /// <summary>The store of one partition for the owner that holds it under this epoch. Dispose it when the partition is given back.</summary>
    IPartitionStore Engine(PartitionLease lease);

    ILedgerStore Ledger { get; }

    IOutboxStore Outbox { get; }

    IDefinitionStore Definitions { get; }

    IHoldStore Holds { get; }

    IOperationsStore Operations { get; }

    IDefinitionChanges Changes { get; }

    IPartitionLeases Leases { get; }

    IIntentClaims Claims { get; }

    ILedgerUpkeep Upkeep { get; }

    /// <summary>What was written before it was personal; null where nothing is hidden.</summary>
    IEarlierValues? Earlier => null;
}

/// <summary>What the loop of one partition loads and commits through.</summary>
public interface IPartitionStore : IEngineStore, IAsyncDisposable;

/// <summary>How a node notices that another one saved or published something.</summary>
public interface IDefinitionChanges
{
    /// <summary>Counts up with every change of a definition, in the same transaction.</summary>
    ValueTask<long> RevisionAsync(CancellationToken cancellation);
}
