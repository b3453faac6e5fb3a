using Automation.Core.Journeys;
using Automation.Runtime.Loop;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;
using Automation.Runtime.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Runtime.Tests.Partitions;

public sealed class PartitionWorkerTests : IDisposable
{
    private readonly SharedStore _store = new(4);
    private readonly SharedQueues _queues = new();
    private readonly EngineMetrics _metrics = new();

    [Fact]
    public async Task A_lone_worker_owns_everything()
    {
        await using var worker = await WorkerAsync("a");

        await worker.LookAsync();

        Assert.Equal([0, 1, 2, 3], worker.Owned);
        Assert.Equal([0, 1, 2, 3], _queues.Open.Keys.Order());
    }

    [Fact]
    public async Task Who_comes_gets_its_share_one_partition_after_the_other()
    {
        await using var first = await WorkerAsync("a");
        await first.LookAsync();
        await using var second = await WorkerAsync("b");

        await first.LookAsync();
        await second.LookAsync();
        Assert.Equal("0 1 2 | 3", Shares(first, second));

        await first.LookAsync();
        await second.LookAsync();
        await first.LookAsync();
        await second.LookAsync();

        Assert.Equal("0 1 | 2 3", Shares(first, second));
    }

    [Fact]
    public async Task Of_three_workers_nobody_has_more_than_a_fair_share()
    {
        var store = new SharedStore(8);
        await using var first = await WorkerAsync("a", store);
        await using var second = await WorkerAsync("b", store);
        await using var third = await WorkerAsync("c", store);

        for (var look = 0; look < 8; look++)
        {
            await first.LookAsync();
            await second.LookAsync();
            await third.LookAsync();
        }

        Assert.Equal([2, 3, 3], new[] { first.Owned.Count, second.Owned.Count, third.Owned.Count }.Order());
    }

    [Fact]
    public async Task What_a_silent_worker_held_is_taken_when_its_lease_has_run_out()
    {
        await using var silent = await WorkerAsync("a");
        await silent.LookAsync();
        _store.LeasesShared.Now += LeaseTimes.Lease;
        await using var other = await WorkerAsync("b");
        _queues.MayOverlap = true;

        await other.LookAsync();
        Assert.Empty(other.Owned);
        _store.LeasesShared.Now += TimeSpan.FromMilliseconds(1);
        await other.LookAsync();

        Assert.Equal([0, 1, 2, 3], other.Owned);
    }

    [Fact]
    public async Task Who_was_taken_for_dead_drops_what_another_has_and_commits_nothing_of_it()
    {
        await using var slow = await WorkerAsync("a");
        await slow.LookAsync();
        var stale = _queues.Open[2];
        _queues.MayOverlap = true;
        _store.LeasesShared.Now += LeaseTimes.Lease + LeaseTimes.NodeSilent;
        await using var other = await WorkerAsync("b");
        await other.LookAsync();

        await Assert.ThrowsAsync<EngineUnavailableException>(async () => await stale.SubmitAsync([Given.Track("m1", "u1")]));
        await slow.LookAsync();

        Assert.Empty(slow.Owned);
        Assert.Equal(1, (await _queues.Open[2].SubmitAsync([Given.Track("m1", "u1")])).Accepted);
    }

    [Fact]
    public async Task A_loop_that_ran_into_the_fence_is_started_anew_under_another_epoch()
    {
        await using var worker = await WorkerAsync("a");
        await worker.LookAsync();
        // A take-over that was given back before this worker looked again.
        await _store.Leases.RetakeAsync("a", 1, CancellationToken.None);
        await Assert.ThrowsAsync<EngineUnavailableException>(async () => await _queues.Open[1].SubmitAsync([Given.Track("m1", "u1")]));

        await worker.LookAsync();
        await worker.LookAsync();

        Assert.Equal([0, 1, 2, 3], worker.Owned);
        Assert.Equal(1, (await _queues.Open[1].SubmitAsync([Given.Track("m1", "u1")])).Accepted);
    }

    [Fact]
    public async Task A_partition_that_could_not_be_started_is_given_back_and_tried_again()
    {
        await using var worker = await WorkerAsync("a");
        _store.HeadFailure = new TimeoutException();

        await Assert.ThrowsAsync<TimeoutException>(worker.LookAsync);
        Assert.Empty(worker.Owned);
        await worker.LookAsync();

        Assert.Equal([0, 1, 2, 3], worker.Owned);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_leaves_everything_as_it_is()
    {
        await using var worker = await WorkerAsync("a");
        await worker.LookAsync();
        _store.LeasesShared.Failure = new TimeoutException();

        await Assert.ThrowsAsync<TimeoutException>(worker.LookAsync);

        Assert.Equal([0, 1, 2, 3], worker.Owned);
        Assert.Equal(1, (await _queues.Open[0].SubmitAsync([Given.Track("m1", "u1")])).Accepted);
    }

    [Fact]
    public async Task Who_stops_says_so_before_it_gives_everything_back()
    {
        IReadOnlyList<int> ownedThen = [];
        PartitionWorker? leaving = null;
        leaving = await WorkerAsync("a", leaving: () =>
        {
            ownedThen = leaving!.Owned;
            return _store.Leases.BeatAsync(new NodeBeat("a", ""), CancellationToken.None).AsTask();
        });
        await leaving.LookAsync();
        await using var other = await WorkerAsync("b");

        await leaving.DisposeAsync();
        await other.LookAsync();

        Assert.Equal([0, 1, 2, 3], ownedThen);
        Assert.Equal([0, 1, 2, 3], other.Owned);
    }

    [Fact]
    public async Task Journeys_that_were_published_meanwhile_reach_every_partition()
    {
        var engines = new List<EngineHost>();
        await using var worker = await WorkerAsync("a", made: engines.Add);
        await worker.LookAsync();
        var published = JourneySet.Build(new JourneySetSource());

        worker.Journeys = published;

        Assert.Equal(4, engines.Count);
        Assert.All(engines, engine => Assert.Same(published, engine.Journeys));
    }

    public void Dispose() => _metrics.Dispose();

    private static string Shares(params PartitionWorker[] workers) => string.Join(" | ", workers.Select(worker => string.Join(' ', worker.Owned)));

    private async Task<PartitionWorker> WorkerAsync(string node, SharedStore? store = null, Func<Task>? leaving = null, Action<EngineHost>? made = null)
    {
        store ??= _store;
        await store.Leases.BeatAsync(new NodeBeat(node, PartitionWorker.Role), CancellationToken.None);
        return new PartitionWorker(
            node, store, store == _store ? _queues : new SharedQueues(),
            (partition, engine, journeys) =>
            {
                var host = new EngineHost(
                    new EngineOptions { Partition = partition, RetryFirst = TimeSpan.Zero }, engine, new RecordingRelay(), new VirtualClock(Given.Noon), journeys,
                    _metrics, NullLogger<EngineHost>.Instance);
                made?.Invoke(host);
                return host;
            },
            NullLogger<PartitionWorker>.Instance)
        {
            Leaving = leaving ?? (static () => Task.CompletedTask),
        };
    }
}
