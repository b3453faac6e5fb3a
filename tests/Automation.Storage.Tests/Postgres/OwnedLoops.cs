using System.Collections.Immutable;
using System.Text;
using Automation.Core.Contacts;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using Automation.Runtime.Audit;
using Automation.Runtime.Loop;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;
using Automation.Runtime.Time;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Xunit;

namespace Automation.Storage.Tests.Postgres;

/// <summary>
/// The loops of all partitions over a PostgreSQL store, with a sender that sends again what was not acknowledged, as a queue does, and an
/// owner that takes a lost partition anew, as a worker does.
/// </summary>
internal sealed class OwnedLoops : IAsyncDisposable, IOutboxRelay
{
    private const string Node = "loops";

    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 4, 0);

    private readonly PostgresStore _store;
    private readonly EngineMetrics _metrics = new();
    private readonly VirtualClock _clock = new(Noon);
    private readonly EngineHost[] _hosts;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<(EngineHost Host, IPartitionStore Store)> _opened = [];
    private int _conflicts;
    private int _again;

    private OwnedLoops(PostgresStore store)
    {
        _store = store;
        _hosts = new EngineHost[store.Partitions];
    }

    /// <summary>Envelopes that were sent more than once.</summary>
    public int Again => _again;

    /// <summary>Commits that somebody else's commit refused.</summary>
    public int Conflicts => _conflicts;

    public static async Task<OwnedLoops> StartAsync(PostgresStore store)
    {
        var loops = new OwnedLoops(store);
        while (await store.Leases.TakeAsync(Node, default) is { } lease)
        {
            await loops.OpenAsync(lease);
        }
        return loops;
    }

    public static ContactEvent Event(string id, string name, params ImmutableArray<Identity> identities) =>
        new(id, EventType.Track, name, Noon, Noon, PropertyBag.Of(("amount", 12.5m)), identities);

    public async Task SendAsync(ContactEvent happened)
    {
        var partition = PartitionOf.Event(happened, _hosts.Length);
        for (var attempt = 1; ; attempt++)
        {
            var host = _hosts[partition];
            try
            {
                var answer = await host.SubmitAsync([happened]);
                Assert.Equal(1, answer.Accepted + answer.Duplicates);
                return;
            }
            catch (EngineUnavailableException) when (attempt < 200)
            {
                Interlocked.Increment(ref _again);
                await ReopenAsync(partition, host);
            }
        }
    }

    /// <summary>Everything is recorded once, every chain is whole, and every contact is the fold of its records.</summary>
    public async Task ProveAsync(IReadOnlyCollection<string> messageIds)
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
        }
        // Sessions of before a crash are broken, and the first question on each would say so.
        _store.Database.Readers.Clear();
        var recorded = new List<string>();
        await foreach (var record in MergedPartitions.RecordsAsync(_store.Ledger, default))
        {
            if (record.Event is { } one)
            {
                recorded.Add(one.Event.MessageId);
            }
        }
        Assert.Equal(messageIds.Order(StringComparer.Ordinal), recorded.Order(StringComparer.Ordinal));
        var verdict = await MergedPartitions.VerifyAsync(_store.Ledger, null, default);
        Assert.True(verdict.Intact, verdict.Problem);
        var rebuilt = new Rebuilding();
        await rebuilt.RunAsync(_store.Ledger, null, default);
        Assert.Equal((0, 0), (rebuilt.DifferingCount, rebuilt.Differing.Count));
        Assert.NotEqual(0, rebuilt.Contacts);
    }

    public void HandOn(IReadOnlyList<OutboxMessage> messages, IReadOnlyList<Guid> again)
    {
        // Nobody sends here: messages stay queued in the store.
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (host, store) in _opened)
        {
            await host.DisposeAsync();
            await store.DisposeAsync();
        }
        await _store.DisposeAsync();
        _metrics.Dispose();
        _turn.Dispose();
    }

    private async Task ReopenAsync(int partition, EngineHost ended)
    {
        await _turn.WaitAsync();
        try
        {
            if (ReferenceEquals(_hosts[partition], ended) && ended.Ended.IsCompleted)
            {
                await OpenAsync((await _store.Leases.RetakeAsync(Node, partition, default))!.Value);
            }
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException)
        {
            // The server is away: the sender comes again.
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task OpenAsync(PartitionLease lease)
    {
        var store = _store.Engine(lease);
        var host = new EngineHost(
            new EngineOptions { Partition = lease.Partition, RetryDelayMax = TimeSpan.FromMilliseconds(200) }, new CountedConflicts(store, () => Interlocked.Increment(ref _conflicts)),
            this, _clock, Journeys(), _metrics, NullLogger<EngineHost>.Instance);
        _opened.Add((host, store));
        await host.StartAsync(withTimers: false);
        _hosts[lease.Partition] = host;
    }

    private static JourneySet Journeys() => JourneySet.Build(new JourneySetSource
    {
        Settings = WorkspaceSettings.Default,
        Journeys =
        [
            new JourneyVersion(
                JourneyDocument.Read(Encoding.UTF8.GetBytes("""
                    { "key": "welcome", "name": "W", "trigger": { "on": "event", "event": "joined" }, "entry": { "repeat": "always" }, "exit": [ { "event": "ordered" } ],
                      "steps": [ { "id": "day", "type": "wait", "for": "24h" } ] }
                    """)).Value!, 1, Current: true),
        ],
        Templates = [],
        Segments = [],
        Accounts = [],
    });

    private sealed class CountedConflicts(IPartitionStore store, Action conflict) : IEngineStore
    {
        public bool IsShared => store.IsShared;

        public ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation) => store.LoadAsync(request, cancellation);

        public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellation)
        {
            try
            {
                return await store.CommitAsync(batch, cancellation);
            }
            catch (StoreConflictException)
            {
                conflict();
                throw;
            }
        }

        public ValueTask<IReadOnlyList<DueContact>> DueContactsAsync(Instant now, int limit, CancellationToken cancellation) =>
            store.DueContactsAsync(now, limit, cancellation);

        public ValueTask<PartitionHead> HeadAsync(int partition, CancellationToken cancellation) => store.HeadAsync(partition, cancellation);
    }
}
