using System.Diagnostics;
using Automation.Core.Journeys;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Partitions;

/// <summary>
/// Owns a fair share of the partitions and runs each of them. It takes what is free or whose owner fell silent, gives back what is
/// over its share one at a time, and hands everything over when it stops. Whoever only was slow finds its commits fenced off.
/// </summary>
public sealed partial class PartitionWorker : IJourneyHolder, IAsyncDisposable
{
    /// <summary>The word among a node's roles that says it takes partitions.</summary>
    public const string Role = "worker";

    private readonly string _node;
    private readonly IPartitionedStore _store;
    private readonly IPartitionQueues _queues;
    private readonly Func<int, IPartitionStore, JourneySet, EngineHost> _make;
    private readonly ILogger _log;
    private readonly Dictionary<int, OwnedPartition> _owned = [];
    private readonly CancellationTokenSource _stopping = new();
    private JourneySet _journeys = JourneySet.Build(new JourneySetSource());
    private Task _running = Task.CompletedTask;

    /// <param name="make">Makes the engine of a partition over its store; it is not started yet.</param>
    public PartitionWorker(
        string node, IPartitionedStore store, IPartitionQueues queues, Func<int, IPartitionStore, JourneySet, EngineHost> make,
        ILogger<PartitionWorker> log)
    {
        _node = node;
        _store = store;
        _queues = queues;
        _make = make;
        _log = log;
    }

    /// <summary>How often leases are renewed and shares looked at, if nothing is free meanwhile; a test may want it quicker.</summary>
    public TimeSpan RenewEvery { get; init; } = LeaseTimes.RenewEvery;

    /// <summary>Called when it takes no more partitions and before it gives back those it has, so that others raise their share in time.</summary>
    public Func<Task> Leaving { get; init; } = static () => Task.CompletedTask;

    /// <summary>Told when partitions came or went.</summary>
    public event Action<IReadOnlyList<int>>? Changed;

    /// <summary>The partitions decided here now.</summary>
    public IReadOnlyList<int> Owned
    {
        get
        {
            lock (_owned)
            {
                return [.. _owned.Keys.Order()];
            }
        }
    }

    public JourneySet Journeys
    {
        get => Volatile.Read(ref _journeys);
        set
        {
            Volatile.Write(ref _journeys, value);
            foreach (var partition in Snapshot())
            {
                partition.Host.Journeys = value;
            }
        }
    }

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Drains, commits and gives everything back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await Leaving();
        await Task.WhenAll(Snapshot().Select(GiveBackAsync));
        _stopping.Dispose();
    }

    private OwnedPartition[] Snapshot()
    {
        lock (_owned)
        {
            return [.. _owned.Values];
        }
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await LookAsync();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the store threw, it is looked again: leases that run out meanwhile are somebody else's.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogLookFailed(error);
            }
            await UntilNextLookAsync();
        }
    }

    // A partition that nobody decides is looked for several times a second; everything else has time.
    private async Task UntilNextLookAsync()
    {
        var looked = Stopwatch.GetTimestamp();
        while (!_stopping.IsCancellationRequested && RenewEvery - Stopwatch.GetElapsedTime(looked) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < LeaseTimes.LookEvery ? left : LeaseTimes.LookEvery, _stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            if (_owned.Count < _store.Partitions && await HasFreeAsync())
            {
                return;
            }
        }
    }

    private async Task<bool> HasFreeAsync()
    {
        try
        {
            return await _store.Leases.HasFreeAsync(_stopping.Token);
        }
#pragma warning disable CA1031 // The look says in the log what is wrong with the store.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    /// <summary>
    /// Renews its leases, drops what others have taken, takes or gives back what its share wants. It is done again and again by itself; this
    /// is for tests.
    /// </summary>
    public async Task LookAsync()
    {
        var held = (await _store.Leases.RenewAsync(_node, _stopping.Token)).ToDictionary(lease => lease.Partition);
        foreach (var partition in Snapshot())
        {
            if (!held.TryGetValue(partition.Lease.Partition, out var lease) || lease.Epoch != partition.Lease.Epoch)
            {
                LogTaken(partition.Lease.Partition);
                await DropAsync(partition);
            }
            else if (partition.IsLost)
            {
                await DropAsync(partition);
                if (await _store.Leases.RetakeAsync(_node, partition.Lease.Partition, _stopping.Token) is { } again)
                {
                    await OpenAsync(again);
                }
            }
        }
        // A lease without a loop is one of a start that failed half-way.
        foreach (var orphan in held.Values.Where(lease => !_owned.ContainsKey(lease.Partition)))
        {
            await _store.Leases.ReleaseAsync(_node, orphan, _stopping.Token);
        }
        var share = await ShareAsync();
        if (_owned.Count > share)
        {
            // The highest, one at a time: the others go on meanwhile, and who just came has time to take it.
            await GiveBackAsync(Snapshot().MaxBy(partition => partition.Lease.Partition)!);
        }
        while (_owned.Count < share && await _store.Leases.TakeAsync(_node, _stopping.Token) is { } taken)
        {
            await OpenAsync(taken);
        }
    }

    private async ValueTask<int> ShareAsync()
    {
        var nodes = await _store.Leases.NodesAsync(_stopping.Token);
        var workers = Math.Max(1, nodes.Count(node => node.Role.Split(',').Contains(Role, StringComparer.Ordinal)));
        return (_store.Partitions + workers - 1) / workers;
    }

    private async Task OpenAsync(PartitionLease lease)
    {
        var store = _store.Engine(lease);
        var owned = new OwnedPartition(lease, store, _make(lease.Partition, store, Journeys));
        try
        {
            await owned.StartAsync(_queues, _stopping.Token);
        }
        catch
        {
            await owned.DisposeAsync();
            throw;
        }
        lock (_owned)
        {
            _owned[lease.Partition] = owned;
        }
        // What was published while it started.
        owned.Host.Journeys = Journeys;
        LogOpened(lease.Partition, lease.Epoch);
        Changed?.Invoke(Owned);
    }

    private async Task GiveBackAsync(OwnedPartition partition)
    {
        await DropAsync(partition);
        try
        {
            using var soon = new CancellationTokenSource(LeaseTimes.RenewEvery);
            await _store.Leases.ReleaseAsync(_node, partition.Lease, soon.Token);
            LogGivenBack(partition.Lease.Partition);
        }
#pragma warning disable CA1031 // A lease that cannot be given back runs out.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogLookFailed(error);
        }
    }

    private async Task DropAsync(OwnedPartition partition)
    {
        lock (_owned)
        {
            _owned.Remove(partition.Lease.Partition);
        }
        Changed?.Invoke(Owned);
        await partition.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Partition {Partition} is decided here, epoch {Epoch}")]
    private partial void LogOpened(int partition, long epoch);

    [LoggerMessage(Level = LogLevel.Information, Message = "Partition {Partition} is given back")]
    private partial void LogGivenBack(int partition);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} has another owner: its lease ran out here")]
    private partial void LogTaken(int partition);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking after the partitions failed; it is tried again")]
    private partial void LogLookFailed(Exception error);
}
