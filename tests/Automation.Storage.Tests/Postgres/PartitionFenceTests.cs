using Automation.Core.Contacts;
using Automation.Runtime.Ports;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Postgres;

/// <summary>Several owners and several partitions on one store: whoever is not the owner writes nothing, and whoever was overtaken decides anew.</summary>
public sealed class PartitionFenceTests : IDisposable
{
    private readonly PostgresUnderTest _store = new();

    [Fact]
    public async Task An_old_owner_writes_nothing_after_a_takeover()
    {
        var old = _store.EngineOf(0);
        await old.CommitAsync(Batch() with { Facts = [NotEnrolled(1, 1)], Contacts = [New(1)] }, default);
        var lease = (await _store.Store.Leases.RetakeAsync("test", 0, default))!.Value;
        await using var now = _store.Store.Engine(lease);

        var lost = await Assert.ThrowsAsync<PartitionLostException>(() => old.CommitAsync(Batch() with { Facts = [NotEnrolled(2, 1)], Contacts = [New(2)] }, default).AsTask());

        Assert.Equal(0, lost.Partition);
        await Assert.ThrowsAsync<PartitionLostException>(() => old.HeadAsync(0, default).AsTask());
        Assert.Equal(2, (await now.HeadAsync(0, default)).NextSequence);
        await now.CommitAsync(Batch() with { Facts = [NotEnrolled(2, 1)], Contacts = [New(2)] }, default);
        Assert.True(_store.Verify().Intact);
    }

    [Fact]
    public async Task An_owner_that_does_not_know_its_own_last_commit_writes_nothing()
    {
        var (one, other) = (_store.EngineOf(0), _store.Store.Engine((await _store.Store.Leases.RenewAsync("test", default))[0]));
        await one.CommitAsync(Batch() with { Facts = [NotEnrolled(1, 1)] }, default);
        await other.CommitAsync(Batch() with { Facts = [NotEnrolled(2, 1)] }, default);

        await Assert.ThrowsAsync<PartitionLostException>(() => one.CommitAsync(Batch() with { Facts = [NotEnrolled(2, 1)] }, default).AsTask());

        Assert.Equal(2, _store.Facts(new FactQuery()).Count);
        await other.DisposeAsync();
    }

    [Fact]
    public async Task The_head_tells_which_batch_was_written_last()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await _store.EngineOf(0).CommitAsync(Batch() with { Id = first, Facts = [NotEnrolled(1, 1)] }, default);
        await _store.EngineOf(0).CommitAsync(Batch() with { Id = second, MessageChanges = [Change(1, OutboxStatus.Sent)] }, default);

        Assert.Equal(second, (await _store.EngineOf(0).HeadAsync(0, default)).LastCommit);
    }

    [Fact]
    public async Task A_contact_that_another_partition_wrote_meanwhile_is_decided_anew()
    {
        var tom = Contact(1) with { Tags = ["a"] };
        await _store.EngineOf(0).CommitAsync(Batch() with { Contacts = [new(null, tom, At(10))] }, default);
        var seen = await Revision(1);
        await _store.EngineOf(1).CommitAsync(Batch(partition: 1) with { Contacts = [new(tom, tom with { Tags = ["a", "b"] }, At(20), seen)] }, default);

        await Assert.ThrowsAsync<StoreConflictException>(() => _store.EngineOf(0).CommitAsync(
            Batch() with { Facts = [NotEnrolled(1, 1)], Contacts = [new(tom, tom with { Tags = ["c"] }, At(5), seen)] }, default).AsTask());

        Assert.Empty(_store.Facts(new FactQuery()));
        var newer = await _store.EngineOf(0).LoadAsync(new LoadRequest([], [], []) { Known = [new KnownContact(1, seen)] }, default);
        Assert.Equal(["a", "b"], newer.Contacts[1].Tags.AsEnumerable());
        await _store.EngineOf(0).CommitAsync(
            Batch() with { Facts = [NotEnrolled(1, 1)], Contacts = [new(newer.Contacts[1], tom with { Tags = ["c"] }, At(5), newer.Revisions![1])] }, default);
        Assert.Empty((await _store.EngineOf(0).LoadAsync(new LoadRequest([], [], []) { Known = [new KnownContact(1, await Revision(1))] }, default)).Contacts);
    }

    [Fact]
    public async Task What_another_partition_wrote_of_its_contacts_a_loop_is_told_once()
    {
        var tom = Contact(1) with { Tags = ["a"] };
        await _store.EngineOf(0).CommitAsync(Batch() with { Contacts = [new(null, tom, At(10))] }, default);
        var asked = new LoadRequest([], [], [1]);
        Assert.Empty((await _store.EngineOf(0).LoadAsync(asked, default)).WrittenElsewhere);
        await _store.EngineOf(1).CommitAsync(Batch(partition: 1) with { Contacts = [new(tom, tom with { Tags = ["b"] }, At(20), await Revision(1))] }, default);

        Assert.Equal([1], (await _store.EngineOf(0).LoadAsync(asked, default)).WrittenElsewhere);

        Assert.Empty((await _store.EngineOf(0).LoadAsync(asked, default)).WrittenElsewhere);
        Assert.Empty((await _store.EngineOf(1).LoadAsync(asked, default)).WrittenElsewhere);
        await using var source = Npgsql.NpgsqlDataSource.Create(_store.OptionsOf("asks").ConnectionString);
        await using var left = source.CreateCommand("SELECT count(*) FROM written_elsewhere");
        Assert.Equal(0L, await left.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_revision_is_greater_than_any_the_contact_had_and_than_the_partitions_last()
    {
        await _store.EngineOf(1).CommitAsync(Batch(partition: 1) with { Revision = 70, Contacts = [New(1)] }, default);
        await _store.EngineOf(0).CommitAsync(Batch() with { Revision = 71, Contacts = [new(Contact(1), Contact(1), null, 70)], Facts = [NotEnrolled(1, 1)] }, default);

        Assert.Equal(71, await Revision(1));
        Assert.Equal(71, (await _store.EngineOf(0).HeadAsync(0, default)).Revision);
        Assert.Equal(71, _store.Ledger.RecordsAsync(0, 0, default).ToBlockingEnumerable().Single().Revision);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_two_partitions_take_at_once_only_one_gets(int what)
    {
        CommitBatch Taking(int partition) => what switch
        {
            0 => Batch(partition: partition) with { Events = [Recorded(1, 1, MessageId(1))] },
            1 => Batch(partition: partition) with { Identities = [new IdentityLink(new Identity(Identity.Phone, "+86138"), partition + 1)] },
            _ => Batch(partition: partition) with { Messages = [Outgoing(1)] },
        };
        await _store.EngineOf(0).CommitAsync(Taking(0), default);

        await Assert.ThrowsAsync<StoreConflictException>(() => _store.EngineOf(1).CommitAsync(Taking(1), default).AsTask());
    }

    [Fact]
    public async Task An_identity_moves_only_from_whom_it_was_thought_to_belong_to()
    {
        var phone = new Identity(Identity.Phone, "+86138");
        await _store.EngineOf(0).CommitAsync(Batch() with { Identities = [new(phone, 1)] }, default);
        await _store.EngineOf(1).CommitAsync(Batch(partition: 1) with { Identities = [new(phone, 2, Before: 1)] }, default);

        await Assert.ThrowsAsync<StoreConflictException>(() => _store.EngineOf(0).CommitAsync(Batch() with { Identities = [new(phone, 3, Before: 1)] }, default).AsTask());
        await _store.EngineOf(0).CommitAsync(Batch() with { Identities = [new(phone, 4, Before: 2), new(phone, 5, Before: 4)] }, default);

        Assert.Equal(5, await _store.Ledger.FindContactAsync(phone, default));
    }

    [Fact]
    public async Task Each_partition_gives_out_contacts_of_its_own_and_finds_its_own_due()
    {
        var first = (await _store.EngineOf(2).HeadAsync(2, default)).NextContactId;
        await _store.EngineOf(2).CommitAsync(Batch(partition: 2) with { Contacts = [New(first, At(10))] }, default);
        await _store.EngineOf(0).CommitAsync(Batch() with { Contacts = [New(1, At(10))] }, default);

        Assert.Equal(first, Assert.Single(await _store.EngineOf(2).DueContactsAsync(At(10), 10, default)).Id);
        Assert.Equal(1, Assert.Single(await _store.EngineOf(0).DueContactsAsync(At(10), 10, default)).Id);
        Assert.Equal(2, Runtime.Partitions.PartitionOf.Contact(first));
        Assert.Equal(first + 1, (await _store.EngineOf(2).HeadAsync(2, default)).NextContactId);
    }

    [Fact]
    public async Task Counts_of_all_partitions_add_up()
    {
        var entered = new CounterKey("welcome", 1, "day-1", "entered");
        await _store.EngineOf(0).CommitAsync(Batch() with { Counters = new Dictionary<CounterKey, long> { [entered] = 2 } }, default);
        await _store.EngineOf(3).CommitAsync(Batch(partition: 3) with { Counters = new Dictionary<CounterKey, long> { [entered] = 5 } }, default);

        Assert.Equal(7, (await _store.Ledger.CountersAsync("welcome", default))[entered]);
    }

    public void Dispose() => _store.Dispose();

    private async Task<long> Revision(long contact) =>
        (await _store.EngineOf(0).LoadAsync(new LoadRequest([], [], [contact]), default)).Revisions![contact];
}
