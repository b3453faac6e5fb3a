using Automation.Connectors;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Tests.Dispatch;

/// <summary>Messages that a person holds back, at the dispatcher: they wait without standing in others' way, and are decided anew when they go.</summary>
public sealed class HoldTests
{
    private static readonly HoldTarget Hello = new(HoldScope.Template, "hello");

    [Theory]
    [InlineData(HoldScope.Everything, "")]
    [InlineData(HoldScope.Channel, "sms")]
    [InlineData(HoldScope.Account, "vendor")]
    [InlineData(HoldScope.Template, "hello")]
    [InlineData(HoldScope.Journey, "greeting")]
    public async Task What_is_held_is_not_sent_and_goes_after_its_release(HoldScope scope, string key)
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var target = new HoldTarget(scope, key);
        await fixture.HoldAsync(target);
        var message = await fixture.QueueAsync();

        fixture.Deliver(message);
        await fixture.Dispatcher.SweepAsync();
        Assert.Equal((OutboxStatus.Queued, 0), ((await fixture.Engine.MessageAsync(message.Id)).Status, vendor.Calls.Count));
        Assert.All(fixture.Dispatcher.Lanes, lane => Assert.Equal(0, lane.Waiting));
        await fixture.ReleaseAsync(target);
        await GoAsync(fixture, message);

        Assert.Equal(message.Id, Assert.Single(vendor.Calls)[0].Id);
        Assert.Equal(2, (await fixture.Engine.MessageAsync(message.Id)).Attempt);
    }

    [Fact]
    public async Task A_held_template_stands_in_no_other_messages_way()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var held = await fixture.QueueAsync("u1");
        var other = await fixture.QueueAsync("u2");
        await fixture.HoldAsync(new HoldTarget(HoldScope.Template, "offer"));

        fixture.Deliver(held with { Template = "offer" }, other);
        await fixture.Engine.UntilMessageAsync(other.Id, OutboxStatus.Sent);

        Assert.Equal(OutboxStatus.Queued, (await fixture.Engine.MessageAsync(held.Id)).Status);
        Assert.Single(vendor.Calls);
    }

    [Fact]
    public async Task A_hold_that_this_process_has_not_heard_of_is_kept_by_the_claim()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();
        await fixture.Engine.Memory.PutAsync(new Hold(Hello, Given.Noon, "ann", "wrong price"), CancellationToken.None);

        var claimed = await fixture.Engine.Engine.ClaimIntentsAsync([new SendIntent(message.Id, 1)]);

        Assert.Empty(claimed);
        Assert.Equal(OutboxStatus.Queued, (await fixture.Engine.MessageAsync(message.Id)).Status);
    }

    [Fact]
    public async Task An_old_copy_of_a_released_message_cannot_be_sent()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        await fixture.HoldAsync(Hello);
        var message = await fixture.QueueAsync();
        await fixture.ReleaseAsync(Hello);
        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Failed);
        await fixture.Engine.Engine.Timers.RunDueAsync();

        fixture.Deliver(message);
        await fixture.Engine.UntilAsync(async () => (await fixture.Engine.Memory.FactsAsync(new FactQuery(Kind: "stimulus_rejected"), CancellationToken.None)).Count > 0);

        Assert.Equal((OutboxStatus.Queued, 2), ((await fixture.Engine.MessageAsync(message.Id)).Status, (await fixture.Engine.MessageAsync(message.Id)).Attempt));
        Assert.Empty(vendor.Calls);
    }

    [Fact]
    public async Task What_a_dead_process_left_is_not_repeated_while_it_is_held()
    {
        var vendor = new FakeVendor { Idempotency = Idempotency.ByMessageId };
        await using var fixture = await DispatchFixture.OpenLaterAsync(vendor);
        var message = await fixture.QueueAsync();
        await fixture.Engine.Engine.ClaimIntentsAsync([new SendIntent(message.Id, message.Attempt)]);
        await fixture.HoldAsync(Hello);

        await fixture.Dispatcher.StartAsync();
        await fixture.Dispatcher.RecoverAsync(CancellationToken.None);
        Assert.Equal((OutboxStatus.Sending, 0), ((await fixture.Engine.MessageAsync(message.Id)).Status, vendor.Calls.Count));
        await fixture.ReleaseAsync(Hello);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);

        Assert.Single(vendor.Calls);
    }

    [Fact]
    public async Task Who_says_no_while_it_is_held_gets_nothing()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        await fixture.HoldAsync(Hello);
        var message = await fixture.QueueAsync();

        await fixture.Engine.Engine.SubmitAsync(message.Contact, new Command.ChangeConsent("ann", "sms", false, "asked"));
        await fixture.ReleaseAsync(Hello);
        await fixture.Dispatcher.SweepAsync();

        Assert.Equal(
            Reasons.NoConsent, Assert.Single(await fixture.Engine.Memory.FactsAsync(new FactQuery(Kind: "message_failed"), CancellationToken.None)).Reason);
        Assert.Empty(await fixture.Engine.QueuedAsync());
        Assert.Empty((await fixture.Engine.ContactOfAsync(Given.User("u1"))).Messages);
        Assert.Empty(vendor.Calls);
    }

    // The release is decided, its retry is due at once, and the test is the timer and the bus.
    private static async Task GoAsync(DispatchFixture fixture, QueuedMessage message)
    {
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Failed);
        Assert.Equal(MessageStatus.RetryScheduled, Assert.Single((await fixture.Engine.ContactOfAsync(Given.User("u1"))).Messages).Status);
        await fixture.Engine.Engine.Timers.RunDueAsync();
        fixture.Deliver((await fixture.Engine.QueuedAsync())[0]);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);
    }
}
