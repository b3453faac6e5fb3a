using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>
/// One partition of the store, for the owner of one epoch. A batch is loaded in one round trip and written in one; the server refuses
/// it whole where another owner has the partition or another partition wrote one of its contacts.
/// </summary>
internal sealed class PostgresEngineStore : IPartitionStore
{
    private readonly PostgresDatabase _database;
    private readonly LedgerPeriods _periods;
    private readonly PostgresTallies _tallies;
    private readonly PartitionLease _lease;
    private readonly string _node;
    private readonly BatchEncoder _encoder = new();
    private readonly ContactStatements _contacts = new();
    private readonly MessageStatements _messages = new();
    private readonly LedgerStatements _ledger;
    private readonly BatchLoader _loader;
    private Head? _head;

    public PostgresEngineStore(
        PostgresDatabase database, LedgerPeriods periods, PostgresTallies tallies, PartitionLease lease, int partitions, string node)
    {
        _database = database;
        _periods = periods;
        _tallies = tallies;
        _lease = lease;
        _node = node;
        _ledger = new LedgerStatements(_encoder);
        IsShared = partitions > 1;
        _loader = new BatchLoader(database, IsShared ? lease.Partition : null);
    }

    public bool IsShared { get; }

    public ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation) => _loader.LoadAsync(request, cancellation);

    public ValueTask<IReadOnlyList<DueContact>> DueContactsAsync(Instant now, int limit, CancellationToken cancellation) =>
        _loader.DueAsync(_lease.Partition, now, limit, cancellation);

    public async ValueTask<PartitionHead> HeadAsync(int partition, CancellationToken cancellation)
    {
        Invariant.Holds(partition == _lease.Partition, "Expected to be asked for the head of this store's own partition, but it is another's.");
        var head = await ReadHeadAsync(cancellation);
        return new PartitionHead(head.NextSequence, head.NextContact, head.Seal, head.Commit, head.Revision);
    }

    public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellation)
    {
        Invariant.Holds(batch.Partition == _lease.Partition, "Expected a batch of this store's own partition, but it is another's.");
        var before = _head ?? await ReadHeadAsync(cancellation);
        var revision = RevisionOf(batch, before.Revision);
        // It never goes back within a partition, whatever the clock of a new owner says.
        var at = Math.Max(before.At, batch.At.ToUnixTimeMilliseconds());
        var seal = _encoder.Encode(batch, before.Seal, Instant.FromUnixTimeMilliseconds(at), revision);
        var after = new Head(
            _encoder.Records.Count == 0 ? before.NextSequence : _encoder.Records[^1].Sequence + 1, NextContact(batch, before.NextContact), revision,
            batch.Id == Guid.Empty ? Guid.NewGuid() : batch.Id, seal, at);
        await _periods.EnsureAsync(after.At, cancellation);
        var tallies = await KeysAsync(batch, cancellation);
        var claimed = await WriteAsync(batch, before, after, tallies, cancellation);
        _head = after;
        return new CommitResult(claimed, seal);
    }

    public ValueTask DisposeAsync()
    {
        _encoder.Dispose();
        _messages.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<IReadOnlySet<Guid>> WriteAsync(
        CommitBatch batch, Head before, Head after, List<int> tallies, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await _database.Loops.OpenConnectionAsync(cancellation);
            await using var statements = new Statements(connection);
            statements.Add(
                "advance_partition", Of(_lease.Partition), Of(_lease.Epoch), Of(before.Commit), Of(after.Commit), Of(after.NextSequence),
                Of(after.NextContact), Of(after.Revision), Of(after.Seal), Of(after.At));
            _contacts.Add(statements, batch.Contacts, after.Revision, _lease.Partition);
            _ledger.Add(statements, batch, after.Seal, after.Revision, after.At, tallies);
            ContactStatements.Add(statements, batch.Identities);
            AddCounters(statements, batch);
            AddDays(statements, batch);
            PostgresContactKeys.Add(statements, batch);
            var claims = _messages.Add(statements, batch, _node);
            var claimed = new HashSet<Guid>();
            await using var reader = await statements.ReadAsync(cancellation);
            // The statements that answer with rows are those that check and, as the last one, that which claims.
            do
            {
                while (claims >= 0 && reader.GetDataTypeName(0) == "uuid" && await reader.ReadAsync(cancellation))
                {
                    claimed.Add(reader.GetGuid(0));
                }
            }
            while (await reader.NextResultAsync(cancellation));
            return claimed;
        }
        catch (Exception error) when (PostgresFailure.Of(error, _lease.Partition) is var known && known != error)
        {
            throw known;
        }
    }

    private ValueTask<List<int>> KeysAsync(CommitBatch batch, CancellationToken cancellation)
    {
        var keys = new List<TallyKey>(batch.Facts.Count);
        foreach (var record in _encoder.Records)
        {
            if (!record.IsEvent)
            {
                keys.Add(TallyKey.Of(record.Header, batch.Facts[record.Index].Fact));
            }
        }
        return _tallies.IdsAsync(keys, cancellation);
    }

    private static void AddCounters(Statements to, CommitBatch batch)
    {
        if (batch.Counters.Count == 0)
        {
            return;
        }
        var keys = batch.Counters.Keys.ToList();
        to.Add(
            "add_to_counters", Of(batch.Partition), Of(keys.ConvertAll(k => k.Journey)), Of(keys.ConvertAll(k => k.Version)),
            Of(keys.ConvertAll(k => k.Step)), Of(keys.ConvertAll(k => k.Name)), Of(keys.ConvertAll(k => batch.Counters[k])));
    }

    private static void AddDays(Statements to, CommitBatch batch)
    {
        if (batch.Days.Count == 0)
        {
            return;
        }
        var keys = batch.Days.Keys.ToList();
        to.Add(
            "add_to_days", Of(batch.Partition), Of(keys.ConvertAll(k => EpochDays.Of(k.Day))), Of(keys.ConvertAll(k => k.Journey)),
            Of(keys.ConvertAll(k => k.Name)), Of(keys.ConvertAll(k => batch.Days[k])));
    }

    // The loop's own, as a rule: it has counted on from the very same.
    private static long RevisionOf(CommitBatch batch, long before)
    {
        for (var i = 0; i < batch.Contacts.Count; i++)
        {
            before = Math.Max(before, batch.Contacts[i].Revision);
        }
        return Math.Max(batch.Revision, before + 1);
    }

    private static long NextContact(CommitBatch batch, long next)
    {
        foreach (var change in batch.Contacts)
        {
            if (change.Before is null)
            {
                next = Math.Max(next, change.After.Id + 1);
            }
        }
        return next;
    }

    private async Task<Head> ReadHeadAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.Loops.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        statements.Add("partition_head", Of(_lease.Partition));
        await using var reader = await statements.ReadAsync(cancellation);
        if (!await reader.ReadAsync(cancellation) || reader.GetInt64(0) != _lease.Epoch)
        {
            throw new PartitionLostException(_lease.Partition, $"Expected to own partition {_lease.Partition} under epoch {_lease.Epoch}, but it has another one.");
        }
        var head = new Head(
            reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetGuid(4), reader.GetFieldValue<byte[]>(5), reader.GetInt64(6));
        _head = head;
        return head;
    }

    /// <summary>Where the partition stands, as this owner left it.</summary>
    private sealed record Head(long NextSequence, long NextContact, long Revision, Guid Commit, byte[] Seal, long At);
}
