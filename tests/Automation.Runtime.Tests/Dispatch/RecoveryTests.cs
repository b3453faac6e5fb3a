using Automation.Connectors;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class RecoveryTests
{
    /// <summary>What a starting process does with a message that an earlier one claimed and never reported.</summary>
    [Theory]
    [InlineData(Idempotency.ByMessageId, false, 1, 0, OutboxStatus.Sent)]
    [InlineData(Idempotency.ByMessageId, true, 1, 0, OutboxStatus.Sent)]
    [InlineData(Idempotency.None, true, 0, 1, OutboxStatus.Delivered)]
    [InlineData(Idempotency.None, false, 0, 0, OutboxStatus.Unknown)]
    public async Task A_claimed_message_is_repeated_asked_for_or_unknown(
        Idempotency idempotency, bool canQuery, int calls, int queries, OutboxStatus status)
    {
        var vendor = new FakeVendor { Idempotency = idempotency, CanQueryOutcome = canQuery, Receipts = ReceiptDelivery.Push };
        await using var fixture = await DispatchFixture.OpenLaterAsync(vendor);
        var message = await fixture.QueueAsync();
        await fixture.Engine.Engine.ClaimIntentsAsync([new SendIntent(message.Id, message.Attempt)]);

        await fixture.Dispatcher.StartAsync();

        Assert.Equal((calls, queries), (vendor.Calls.Count, vendor.Queries.Count));
        Assert.Equal(status, (await fixture.Engine.MessageAsync(message.Id)).Status);
        Assert.All(vendor.Calls, call => Assert.Equal(message.Id, call[0].Id));
    }

    [Fact]
    public async Task A_vendor_that_cannot_be_reached_leaves_it_unknown()
    {
        var vendor = new FakeVendor { CanQueryOutcome = true, OnQuery = _ => throw new HttpRequestException("down") };
        await using var fixture = await DispatchFixture.OpenLaterAsync(vendor);
        var message = await fixture.QueueAsync();
        await fixture.Engine.Engine.ClaimIntentsAsync([new SendIntent(message.Id, message.Attempt)]);

        await fixture.Dispatcher.StartAsync();

        Assert.Equal(OutboxStatus.Unknown, (await fixture.Engine.MessageAsync(message.Id)).Status);
    }

    [Fact]
    public async Task A_message_that_comes_before_recovery_has_ended_is_not_taken_for_an_old_one()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.OpenLaterAsync(vendor);
        var message = await fixture.QueueAsync();

        fixture.Deliver(message);
        Assert.Empty(fixture.Dispatcher.Lanes);
        await fixture.Dispatcher.StartAsync();
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);

        Assert.Single(vendor.Calls);
    }

    [Fact]
    public async Task A_queued_message_is_handed_on_again()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.OpenLaterAsync(vendor);
        var message = await fixture.QueueAsync();

        await fixture.Dispatcher.StartAsync();
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);

        Assert.Single(vendor.Calls);
    }
}
