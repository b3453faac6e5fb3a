using Automation.Connectors;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Tests.Dispatch;

/// <summary>An account that is configured wrongly: its messages wait, and go on when it is mended.</summary>
public sealed class LaneGateTests
{
    [Fact]
    public async Task A_wrong_configuration_holds_the_accounts_other_messages()
    {
        var vendor = Refusing();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var refused = await fixture.QueueAsync("u1");
        var other = await fixture.QueueAsync("u2");

        fixture.Deliver(refused);
        await fixture.Engine.UntilMessageAsync(refused.Id, OutboxStatus.Failed);
        fixture.Deliver(other);
        await fixture.Dispatcher.SweepAsync();

        var hold = Assert.Single(fixture.Dispatcher.Holds);
        Assert.Equal(("vendor", "sms", Given.Noon, "wrong key"), (hold.Account, hold.Channel, hold.Since, hold.Text));
        Assert.Equal(OutboxStatus.Queued, (await fixture.Engine.MessageAsync(other.Id)).Status);
        Assert.Single(vendor.Calls);
    }

    [Fact]
    public async Task Who_stood_in_line_for_the_rate_while_the_account_was_refused_does_not_call()
    {
        var (called, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        var refusing = Refusing();
        var vendor = new FakeVendor
        {
            BatchSizeMax = 1,
            MessagesPerSecond = 1,
            OnSend = async batch =>
            {
                called.SetResult();
                await answer.Task;
                return await refusing.OnSend(batch);
            },
        };
        var limits = new LimitsInTheHand();
        await using var fixture = await DispatchFixture.OpenLaterAsync(vendor, choose: options => options.CallsMax = 2, limits: limits);
        await fixture.Dispatcher.StartAsync();
        var refused = await fixture.QueueAsync("u1");
        var other = await fixture.QueueAsync("u2");

        fixture.Deliver(refused);
        await limits.GrantAsync();
        await called.Task;
        fixture.Deliver(other);
        await limits.AskedAsync();
        answer.SetResult();
        await fixture.Engine.UntilMessageAsync(refused.Id, OutboxStatus.Failed);
        limits.Grant();

        Assert.Equal(1, await limits.ReturnedAsync());
        Assert.Single(vendor.Calls);
        Assert.Equal(OutboxStatus.Queued, (await fixture.Engine.MessageAsync(other.Id)).Status);
        Assert.Equal(1, Assert.Single(fixture.Dispatcher.Holds).Waiting);
    }

    [Fact]
    public async Task A_saved_account_lets_one_message_try_and_then_the_others()
    {
        var vendor = Refusing();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var messages = await HoldAsync(fixture, others: 5);

        fixture.Connectors.Renew("vendor");
        await fixture.Engine.UntilAsync(async () => (await CountAsync(fixture, OutboxStatus.Failed)) == 2);
        Assert.Equal([1, 1], vendor.Calls.Select(call => call.Count));
        vendor.OnSend = batch => Task.FromResult<IReadOnlyList<SendResult>>([.. batch.Select(message => SendResult.Accepted(message))]);
        fixture.Connectors.Renew("vendor");
        await fixture.Engine.UntilAsync(async () => (await CountAsync(fixture, OutboxStatus.Sent)) == 4);

        Assert.Empty(fixture.Dispatcher.Holds);
        Assert.Single(vendor.Calls.ElementAt(2));
        Assert.Equal(messages.Length, vendor.Calls.Sum(call => call.Count));
    }

    [Fact]
    public async Task A_vendor_that_is_down_is_left_alone_after_some_calls_and_goes_on_when_it_is_back()
    {
        var vendor = new FakeVendor { BatchSizeMax = 1, OnSend = _ => throw new ConnectorNotSentException(FailureReason.RetryLater, "down") };
        await using var fixture = await DispatchFixture.StartAsync(
            options =>
            {
                options.BreakAfter = 3;
                options.BreakFor = TimeSpan.FromHours(1);
                options.CallsMax = 1;
            },
            vendor);
        var messages = new List<QueuedMessage>();
        for (var i = 0; i < 8; i++)
        {
            messages.Add(await fixture.QueueAsync($"u{i}"));
        }

        fixture.Deliver([.. messages]);
        await fixture.Engine.UntilAsync(async () => await CountAsync(fixture, OutboxStatus.Failed) == 3);
        var hold = Assert.Single(fixture.Dispatcher.Holds);
        Assert.Equal("Expected the vendor to take messages, but it put off 3 calls in a row; the last one: down", hold.Text);
        Assert.Equal(5, await CountAsync(fixture, OutboxStatus.Queued));
        vendor.OnSend = batch => Task.FromResult<IReadOnlyList<SendResult>>([.. batch.Select(message => SendResult.Accepted(message))]);
        fixture.Connectors.Renew("vendor");
        await fixture.Engine.UntilAsync(async () => await CountAsync(fixture, OutboxStatus.Sent) == 5);

        Assert.Empty(fixture.Dispatcher.Holds);
        Assert.Equal(8, vendor.Calls.Count);
    }

    [Fact]
    public async Task A_held_account_is_probed_and_goes_on_by_itself()
    {
        var vendor = Refusing();
        var probes = 0;
        vendor.OnHealth = () =>
        {
            if (++probes < 3)
            {
                return ConnectorHealth.Wrong(FailureReason.FixConfiguration, "wrong key");
            }
            vendor.OnSend = batch => Task.FromResult<IReadOnlyList<SendResult>>([.. batch.Select(message => SendResult.Accepted(message))]);
            return ConnectorHealth.Ok("fine");
        };
        await using var fixture = await DispatchFixture.StartAsync(options => options.ProbeFirst = TimeSpan.FromMilliseconds(1), vendor);

        await HoldAsync(fixture, others: 1);
        await fixture.Engine.UntilAsync(async () => (await CountAsync(fixture, OutboxStatus.Sent)) == 1);

        // Between its word that all is well and the message that shows it, it may be asked again.
        Assert.True(probes >= 3);
    }

    [Fact]
    public async Task Messages_of_an_account_that_is_gone_wait_for_it()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();
        var gone = message with { Account = "shop" };

        fixture.Deliver(gone);
        Assert.True(SpinWait.SpinUntil(() => fixture.Dispatcher.Holds.Count > 0, TimeSpan.FromSeconds(30)));
        Assert.Contains("there is none", fixture.Dispatcher.Holds[0].Text, StringComparison.Ordinal);
        Assert.Equal(OutboxStatus.Queued, (await fixture.Engine.MessageAsync(message.Id)).Status);
        await fixture.Connectors.ConfigureAsync([new ConnectorAccount { Key = "shop", ConnectorKey = "vendor" }]);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);

        Assert.Empty(fixture.Dispatcher.Holds);
    }

    [Fact]
    public async Task A_call_that_took_some_messages_holds_nobody()
    {
        var first = new TaskCompletionSource();
        var vendor = new FakeVendor();
        vendor.OnSend = async batch =>
        {
            await first.Task;
            return [.. batch.Select((message, i) => i == 1 ? SendResult.Failed(message, FailureReason.FixConfiguration, "its template") : SendResult.Accepted(message))];
        };
        await using var fixture = await DispatchFixture.StartAsync(options => options.CallsMax = 1, vendor);
        QueuedMessage[] messages = [await fixture.QueueAsync("u1"), await fixture.QueueAsync("u2"), await fixture.QueueAsync("u3")];

        fixture.Deliver(messages[0]);
        await fixture.Engine.UntilMessageAsync(messages[0].Id, OutboxStatus.Sending);
        fixture.Deliver(messages[1..]);
        first.SetResult();
        await fixture.Engine.UntilMessageAsync(messages[2].Id, OutboxStatus.Failed);

        Assert.Equal([1, 2], vendor.Calls.Select(call => call.Count));
        Assert.Empty(fixture.Dispatcher.Holds);
    }

    private static FakeVendor Refusing() => new()
    {
        BatchSizeMax = 3,
        OnSend = batch => Task.FromResult<IReadOnlyList<SendResult>>(
            [.. batch.Select(message => SendResult.Failed(message, FailureReason.FixConfiguration, "wrong key"))]),
    };

    /// <summary>The first message is refused, the others wait behind it.</summary>
    private static async Task<QueuedMessage[]> HoldAsync(DispatchFixture fixture, int others)
    {
        var messages = new List<QueuedMessage> { await fixture.QueueAsync("u0") };
        fixture.Deliver(messages[0]);
        await fixture.Engine.UntilMessageAsync(messages[0].Id, OutboxStatus.Failed);
        for (var i = 1; i <= others; i++)
        {
            messages.Add(await fixture.QueueAsync($"u{i}"));
        }
        fixture.Deliver([.. messages.Skip(1)]);
        return [.. messages];
    }

    private static async Task<int> CountAsync(DispatchFixture fixture, OutboxStatus status) =>
        (await fixture.Engine.Memory.MessagesAsync(new MessageQuery(Status: status), CancellationToken.None)).Count;
}
