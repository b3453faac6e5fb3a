using Automation.Runtime.Ports;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Postgres;

/// <summary>Who owns what, by the clock of the database. The tests move its rows in time; nobody waits.</summary>
public sealed class PartitionLeasesTests : IDisposable
{
    private readonly PostgresUnderTest _store = new();

    private IPartitionLeases Leases => _store.Store.Leases;

    [Fact]
    public async Task What_somebody_holds_nobody_else_takes()
    {
        Assert.Null(await Leases.TakeAsync("b", default));

        await Leases.ReleaseAsync("test", (await Leases.RenewAsync("test", default))[2], default);

        var taken = await Leases.TakeAsync("b", default);
        Assert.Equal(new PartitionLease(2, 2), taken);
        Assert.Equal([0, 1, 3], (await Leases.RenewAsync("test", default)).Select(l => l.Partition));
        Assert.Equal(["test", "test", "b", "test"], (await Leases.OwnersAsync(default)).Select(o => o.Node));
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_still_its_owners_until_somebody_takes_it()
    {
        _store.Tamper("UPDATE partition_lease SET expires_at = clock_timestamp() - interval '1 second' WHERE partition = 1");
        Assert.Equal(4, (await Leases.RenewAsync("test", default)).Count);
        Assert.Null(await Leases.TakeAsync("b", default));

        _store.Tamper("UPDATE partition_lease SET expires_at = clock_timestamp() - interval '1 second' WHERE partition = 1");
        var taken = (await Leases.TakeAsync("b", default))!.Value;

        Assert.Equal(new PartitionLease(1, 2), taken);
        Assert.Equal([0, 2, 3], (await Leases.RenewAsync("test", default)).Select(l => l.Partition));
        Assert.Null(await Leases.RetakeAsync("test", 1, default));
    }

    [Fact]
    public async Task Two_that_take_at_once_get_different_ones()
    {
        await Leases.LeaveAsync("test", default);
        await using var other = await PostgresStore.OpenAsync(_store.OptionsOf("b"));

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? Leases : other.Leases).TakeAsync(i % 2 == 0 ? "a" : "b", default).AsTask()));

        var held = taken.Where(l => l is not null).Select(l => l!.Value.Partition).ToList();
        Assert.Equal(held.Count, held.Distinct().Count());
        Assert.InRange(held.Count, 1, 4);
    }

    [Fact]
    public async Task A_takeover_ends_the_sessions_of_who_fell_silent()
    {
        await using var stalled = await PostgresStore.OpenAsync(_store.OptionsOf("stalled"));
        await Leases.LeaveAsync("test", default);
        var lease = (await stalled.Leases.TakeAsync("stalled", default))!.Value;
        await using var connection = await stalled.Database.Loops.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var locking = new Npgsql.NpgsqlCommand($"SELECT 1 FROM partition_head WHERE partition = {lease.Partition} FOR UPDATE", connection))
        {
            await locking.ExecuteScalarAsync();
        }
        _store.Tamper("UPDATE partition_lease SET expires_at = clock_timestamp() - interval '1 second' WHERE owner = 'stalled'; UPDATE partition_lease SET owner = 'test', expires_at = clock_timestamp() + interval '1 day' WHERE owner IS NULL");

        var taken = (await Leases.TakeAsync("b", default))!.Value;

        Assert.Equal((lease.Partition, lease.Epoch + 1), (taken.Partition, taken.Epoch));
        await using var engine = _store.Store.Engine(taken);
        await engine.CommitAsync(Batch(partition: taken.Partition) with { Facts = [NotEnrolled(1, 1)] }, default);
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => transaction.CommitAsync());
    }

    [Fact]
    public async Task A_node_lives_as_long_as_it_beats()
    {
        await Leases.BeatAsync(new NodeBeat("a", "worker"), default);
        await Leases.BeatAsync(new NodeBeat("b", "api,dispatcher"), default);
        Assert.Equal([new NodeBeat("a", "worker"), new NodeBeat("b", "api,dispatcher")], await Leases.NodesAsync(default));

        _store.Tamper("UPDATE node SET seen_at = clock_timestamp() - interval '11 seconds' WHERE id = 'a'");
        Assert.Equal("b", Assert.Single(await Leases.NodesAsync(default)).Node);

        await Leases.BeatAsync(new NodeBeat("a", "worker"), default);
        await Leases.LeaveAsync("b", default);
        Assert.Equal("a", Assert.Single(await Leases.NodesAsync(default)).Node);
    }

    [Fact]
    public async Task Messages_of_a_dispatcher_that_died_are_taken_over_once()
    {
        var claims = _store.Store.Claims;
        _store.Commit(Batch() with { Messages = [.. Enumerable.Range(1, 4).Select(i => Outgoing(i))], Contacts = [New(1)] });
        await Leases.BeatAsync(new NodeBeat("dead", "dispatcher"), default);
        await Leases.BeatAsync(new NodeBeat("alive", "dispatcher"), default);
        SendIntent[] intents = [new(Message(1), 1), new(Message(2), 1), new(Message(9), 1), new(Message(3), 2)];

        Assert.Equal([Message(1), Message(2)], (await claims.ClaimAsync("dead", intents, default)).OrderBy(id => id == Message(2)));
        Assert.Empty(await claims.ClaimAsync("alive", intents, default));
        Assert.Equal([Message(4)], await claims.ClaimAsync("alive", [new(Message(4), 1)], default));
        Assert.Empty(await claims.TakeAbandonedAsync("alive", 10, default));

        _store.Tamper("UPDATE node SET seen_at = clock_timestamp() - interval '11 seconds' WHERE id = 'dead'");
        var taken = await claims.TakeAbandonedAsync("alive", 1, default);
        Assert.Equal(Message(1), Assert.Single(taken).Id);
        Assert.Equal(Message(2), Assert.Single(await claims.TakeAbandonedAsync("alive", 10, default)).Id);
        Assert.Empty(await claims.TakeAbandonedAsync("alive", 10, default));
        Assert.Equal(OutboxStatus.Queued, _store.Message(Message(3)).Status);
    }

    [Fact]
    public async Task A_claim_is_given_back_by_who_made_it_and_for_the_attempt_it_was_made_for()
    {
        var claims = _store.Store.Claims;
        _store.Commit(Batch() with { Messages = [.. Enumerable.Range(1, 2).Select(i => Outgoing(i))], Contacts = [New(1)] });
        SendIntent[] intents = [new(Message(1), 1), new(Message(2), 1)];
        await claims.ClaimAsync("a", intents, default);

        await claims.GiveBackAsync("b", intents, default);
        await claims.GiveBackAsync("a", [new(Message(1), 1), new(Message(2), 2)], default);

        Assert.Equal((OutboxStatus.Queued, OutboxStatus.Sending), (_store.Message(Message(1)).Status, _store.Message(Message(2)).Status));
        Assert.Equal([Message(1)], await claims.ClaimAsync("b", intents, default));
    }

    [Fact]
    public async Task A_hold_waits_for_claims_under_way_and_claims_wait_for_it()
    {
        _store.Commit(Batch() with { Messages = [.. Enumerable.Range(1, 400).Select(i => Outgoing(i))], Contacts = [New(1)] });
        var claims = _store.Store.Claims;
        using var isHeld = new ManualResetEventSlim();
        var late = 0;
        var claiming = Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = worker + 1; i <= 400; i += 4)
            {
                // Whoever begins after the hold was acknowledged gets nothing.
                var isLate = isHeld.IsSet;
                late += isLate ? (await claims.ClaimAsync("test", [new(Message(i), 1)], default)).Count : 0;
                if (!isLate)
                {
                    await claims.ClaimAsync("test", [new(Message(i), 1)], default);
                }
            }
        })).ToArray();

        await _store.Store.Holds.PutAsync(new Hold(HoldTarget.Everything, At(1), "ann", "wrong price"), default);
        var acknowledged = await _store.Store.Holds.CountAsync(HoldTarget.Everything, default);
        isHeld.Set();
        await Task.WhenAll(claiming);

        Assert.Equal(0, late);
        Assert.Equal(acknowledged, await _store.Store.Holds.CountAsync(HoldTarget.Everything, default));
    }

    [Fact]
    public async Task Other_nodes_notice_that_something_is_held()
    {
        var before = await _store.Store.Changes.RevisionAsync(default);

        await _store.Store.Holds.PutAsync(new Hold(HoldTarget.Everything, At(1), "ann", "wrong price"), default);
        await _store.Store.Holds.ReleaseAsync(HoldTarget.Everything, new HoldEnd(At(2), "ann", "mended"), default);

        Assert.Equal(before + 2, await _store.Store.Changes.RevisionAsync(default));
    }

    [Fact]
    public async Task Other_nodes_notice_that_a_definition_changed()
    {
        var before = await _store.Store.Changes.RevisionAsync(default);

        await _store.Definitions.SaveDraftAsync("journey", "welcome", "v1", 0, At(1), "li", default);
        await _store.Definitions.PublishAsync("journey", "welcome", "v1", At(1), "li", default);

        Assert.Equal(before + 2, await _store.Store.Changes.RevisionAsync(default));
    }

    public void Dispose() => _store.Dispose();
}
