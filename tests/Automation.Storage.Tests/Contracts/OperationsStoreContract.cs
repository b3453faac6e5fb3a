using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What waits, what nobody knows, what failed for good: counted and listed as it is now.</summary>
public abstract class OperationsStoreContract : IDisposable
{
    private readonly Lazy<StoreUnderTest> _store;

    protected OperationsStoreContract() => _store = new Lazy<StoreUnderTest>(Open);

    private StoreUnderTest Store => _store.Value;

    private static FailedQuery All => new(At(0), At(1_000));

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task Each_account_says_how_many_wait_and_since_when()
    {
        Store.Commit(Batch() with
        {
            Messages = [Outgoing(1, second: 3), Outgoing(2, second: 2), Of("other", 3, 4), Of("other", 4, 5), Of("quiet", 5, 1)], Contacts = [New(1)],
        });
        await Store.ClaimAsync(new SendIntent(Message(5), 1));

        Assert.Equal(
            [new AccountBacklog("other", 2, false, At(4)), new AccountBacklog("sandbox", 2, false, At(2))], await Store.Operations.BacklogAsync(10, default));
        Assert.Equal([(1L, true), (1L, true)], (await Store.Operations.BacklogAsync(1, default)).Select(one => (one.Waiting, one.IsMore)));
    }

    [Fact]
    public async Task A_partition_whose_timers_are_late_says_since_when()
    {
        Store.Commit(Batch() with { Contacts = [New(1, At(30)), New(2, At(10)), New(3, At(20))] });

        Assert.Empty(await Store.Operations.TimersAsync(At(9), default));
        Assert.Equal([new PartitionLag(0, At(10))], await Store.Operations.TimersAsync(At(25), default));
    }

    [Fact]
    public async Task Unknown_outcomes_are_counted_by_account_and_listed_oldest_first()
    {
        Store.Commit(Batch() with { Messages = [Outgoing(1), Of("other", 2, 0), Outgoing(3), Outgoing(4)], Contacts = [New(1)] });
        Store.Commit(Batch(5) with { MessageChanges = [.. new[] { 3, 2, 1 }.Select(number => Change(number, OutboxStatus.Unknown))] });

        Assert.Equal([new UnknownCount("other", 1), new UnknownCount("sandbox", 2)], await Store.Operations.CountUnknownAsync(default));
        Assert.Equal([Message(1), Message(2)], (await Store.Operations.UnknownAsync(null, null, 2, default)).Select(row => row.Id));
        Assert.Equal([Message(3)], (await Store.Operations.UnknownAsync(null, Message(2), 2, default)).Select(row => row.Id));
        Assert.Equal([Message(1), Message(3)], (await Store.Operations.UnknownAsync("sandbox", null, 9, default)).Select(row => row.Id));
    }

    [Fact]
    public async Task Only_what_failed_for_good_is_listed_and_not_what_is_tried_again()
    {
        Fail();

        var failed = await Store.Operations.FailedAsync(All, null, 9, default);

        Assert.Equal([Message(1), Message(2), Message(3)], failed.Select(row => row.Id));
        Assert.Equal((Reasons.BadAddress, OutboxStatus.Failed), (failed[0].Reason, failed[0].Status));
    }

    [Fact]
    public async Task What_failed_is_counted_by_reason_and_account_and_by_people()
    {
        Fail();

        var count = await Store.Operations.CountFailedAsync(All, default);

        Assert.Equal((3L, 2L), (count.Messages, count.People));
        Assert.Equal([new FailedGroup(Reasons.BadAddress, "sandbox", 2), new FailedGroup(Reasons.ContentRefused, "sandbox", 1)], count.Groups);
    }

    [Fact]
    public async Task A_replayed_message_is_among_them_no_more_and_keeps_what_its_row_says()
    {
        Fail();
        Store.Commit(Batch(9) with { MessageChanges = [Change(1, OutboxStatus.Failed) with { Mark = FailureMark.Replayed }] });

        Assert.Equal([Message(2), Message(3)], (await Store.Operations.FailedAsync(All, null, 9, default)).Select(row => row.Id));
        Assert.Equal((OutboxStatus.Failed, Reasons.BadAddress, (Instant?)At(5)), (Store.Message(Message(1)).Status, Store.Message(Message(1)).Reason, Store.Message(Message(1)).ChangedAt));
    }

    [Fact]
    public async Task Pages_of_what_failed_go_on_where_the_last_one_ended_also_among_equal_times()
    {
        Fail();
        var first = Assert.Single(await Store.Operations.FailedAsync(All, null, 1, default));

        var second = await Store.Operations.FailedAsync(All, (first.ChangedAt!.Value, first.Id), 9, default);

        Assert.Equal([Message(2), Message(3)], second.Select(row => row.Id));
    }

    [Theory]
    [InlineData("journey", "cart", "2")]
    [InlineData("channel", "wecom", "3")]
    [InlineData("account", "nobody", "")]
    [InlineData("template", "newcomer", "1 2 3")]
    [InlineData("reasons", "content_refused", "3")]
    [InlineData("reasons", "content_refused bad_address", "1 2 3")]
    [InlineData("to", "", "")]
    public async Task What_failed_is_found_by_each_filter(string filter, string value, string found)
    {
        Fail();
        var query = filter switch
        {
            "journey" => All with { Journey = value },
            "channel" => All with { Channel = value },
            "account" => All with { Account = value },
            "template" => All with { Template = value },
            "reasons" => All with { Reasons = value.Split(' ') },
            _ => All with { To = At(5) },
        };

        Guid[] expected = [.. found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => Message(int.Parse(number, null)))];
        Assert.Equal(expected, (await Store.Operations.FailedAsync(query, null, 9, default)).Select(row => row.Id));
        Assert.Equal(expected.Length, (await Store.Operations.CountFailedAsync(query, default)).Messages);
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    private static OutboxMessage Of(string account, int number, int second)
    {
        var message = Outgoing(number, second: second);
        return message with { Message = message.Message with { Account = account } };
    }

    private static MessageChange Failure(int number, string reason) => Change(number, OutboxStatus.Failed, reason: reason) with { Mark = FailureMark.Replayable };

    private void Fail()
    {
        Store.Commit(Batch() with
        {
            Messages = [Outgoing(1), Outgoing(2, contact: 2, journey: "cart"), Outgoing(3, channel: "wecom"), Outgoing(4)], Contacts = [New(1), New(2)],
        });
        Store.Commit(Batch(5) with
        {
            MessageChanges =
            [
                Failure(1, Reasons.BadAddress), Failure(2, Reasons.BadAddress), Failure(3, Reasons.ContentRefused),
                Change(4, OutboxStatus.Failed, reason: Reasons.RetryLater),
            ],
        });
    }
}
