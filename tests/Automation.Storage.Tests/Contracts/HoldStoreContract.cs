using Automation.Runtime.Ports;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What a person holds back is claimed by nobody, from the moment the hold is written until it is released.</summary>
public abstract class HoldStoreContract : IDisposable
{
    private readonly Lazy<StoreUnderTest> _store;

    protected HoldStoreContract() => _store = new Lazy<StoreUnderTest>(Open);

    private StoreUnderTest Store => _store.Value;

    protected abstract StoreUnderTest Open();

    [Theory]
    [InlineData(HoldScope.Everything, "", "1 2 3")]
    [InlineData(HoldScope.Channel, "wecom", "2")]
    [InlineData(HoldScope.Account, "sandbox", "1 2 3")]
    [InlineData(HoldScope.Template, "newcomer", "1 2 3")]
    [InlineData(HoldScope.Journey, "cart", "3")]
    [InlineData(HoldScope.Account, "another", "")]
    [InlineData(HoldScope.Journey, "sandbox", "")]
    public async Task A_held_message_is_not_claimed_and_the_others_are(HoldScope scope, string key, string held)
    {
        Queue();
        var target = new HoldTarget(scope, key);
        Assert.True(await Store.Holds.PutAsync(Of(target), default));

        var claimed = await ClaimAllAsync();

        int[] expected = [.. held.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        Assert.Equal(Enumerable.Range(1, 3).Except(expected), claimed);
        Assert.Equal(new HoldCount(expected.Length, scope == HoldScope.Everything ? claimed.Count : 0, 0), await Store.Holds.CountAsync(target, default));
        Assert.True(await Store.Holds.ReleaseAsync(target, new HoldEnd(At(20), "bob", "mended"), default));
        Assert.Equal(expected, await ClaimAllAsync());
    }

    [Fact]
    public async Task A_hold_on_what_no_message_ever_had_holds_the_first_that_has_it()
    {
        await Store.Holds.PutAsync(Of(new HoldTarget(HoldScope.Account, "sandbox")), default);

        Queue();

        Assert.Empty(await ClaimAllAsync());
    }

    [Fact]
    public async Task There_is_one_hold_for_a_target_and_it_is_released_once()
    {
        var target = new HoldTarget(HoldScope.Account, "sandbox");

        Assert.True(await Store.Holds.PutAsync(Of(target), default));
        Assert.False(await Store.Holds.PutAsync(Of(target) with { By = "bob" }, default));
        Assert.False(await Store.Holds.ReleaseAsync(new HoldTarget(HoldScope.Channel, "sandbox"), new HoldEnd(At(2), "bob", "mended"), default));
        Assert.True(await Store.Holds.ReleaseAsync(target, new HoldEnd(At(2), "bob", "mended"), default));
        Assert.False(await Store.Holds.ReleaseAsync(target, new HoldEnd(At(3), "eve", "again"), default));
        Assert.True(await Store.Holds.PutAsync(Of(target) with { Since = At(4) }, default));

        Assert.Equal(
            [Of(target) with { Since = At(4) }, Of(target) with { End = new HoldEnd(At(2), "bob", "mended") }], await Store.Holds.ListAsync(default));
    }

    [Fact]
    public async Task Holds_outlive_the_process()
    {
        Queue();
        await Store.Holds.PutAsync(Of(HoldTarget.Everything), default);

        Store.Reopen();

        Assert.Equal([Of(HoldTarget.Everything)], await Store.Holds.ListAsync(default));
        Assert.Empty(await ClaimAllAsync());
    }

    [Fact]
    public async Task A_count_tells_what_waits_what_is_under_way_and_what_another_hold_covers()
    {
        Queue();
        await Store.ClaimAsync(new SendIntent(Message(1), 1));
        var (account, journey) = (new HoldTarget(HoldScope.Account, "sandbox"), new HoldTarget(HoldScope.Journey, "cart"));
        await Store.Holds.PutAsync(Of(account), default);

        Assert.Equal(new HoldCount(2, 1, 0), await Store.Holds.CountAsync(account, default));
        Assert.Equal(new HoldCount(1, 0, 1), await Store.Holds.CountAsync(journey, default));
        await Store.Holds.PutAsync(Of(journey), default);
        Assert.Equal(new HoldCount(2, 1, 1), await Store.Holds.CountAsync(account, default));
    }

    [Fact]
    public async Task What_waits_says_its_template_and_since_when_it_waits()
    {
        Queue();
        var first = (await Store.Outbox.QueuedAsync(null, 1, default))[0];
        Store.Commit(Batch(5) with { MessageChanges = [Change(1, OutboxStatus.Queued, attempt: 2)] });
        var again = (await Store.Outbox.ByIdAsync([Message(1)], default))[0];

        Assert.Equal(("newcomer", At(0)), (first.Template, first.QueuedAt));
        Assert.Equal(("newcomer", At(5)), (again.Template, again.QueuedAt));
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    private static Hold Of(HoldTarget target) => new(target, At(1), "ann", "wrong price");

    private void Queue() => Store.Commit(Batch() with { Messages = [Outgoing(1), Outgoing(2, channel: "wecom"), Outgoing(3, journey: "cart")], Contacts = [New(1)] });

    private async Task<List<int>> ClaimAllAsync()
    {
        var claimed = await Store.ClaimAsync([.. Enumerable.Range(1, 3).Select(number => new SendIntent(Message(number), 1))]);
        return [.. Enumerable.Range(1, 3).Where(number => claimed.Contains(Message(number)))];
    }
}
