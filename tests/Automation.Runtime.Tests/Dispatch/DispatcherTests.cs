using Automation.Connectors;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Holds;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class DispatcherTests
{
    [Fact]
    public async Task The_intent_is_durable_before_the_vendor_is_called()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();
        OutboxStatus? duringCall = null;
        vendor.OnSend = async batch =>
        {
            duringCall = (await fixture.Engine.MessageAsync(batch[0].Id)).Status;
            return [SendResult.Accepted(batch[0], "v1")];
        };

        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);

        Assert.Equal(OutboxStatus.Sending, duringCall);
        Assert.Equal("v1", (await fixture.Engine.MessageAsync(message.Id)).VendorId);
        var sent = Assert.Single(vendor.Calls)[0];
        Assert.Equal("Hello ", sent.Content.GetProperty("text").GetString());
        Assert.Equal(new Address("phone", "+86u1"), sent.To);
    }

    [Fact]
    public async Task A_message_that_the_bus_delivers_twice_is_sent_once()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();

        fixture.Deliver(message, message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);
        fixture.Deliver(message);
        var other = await fixture.QueueAsync("u2");
        fixture.Deliver(other);
        await fixture.Engine.UntilMessageAsync(other.Id, OutboxStatus.Sent);

        Assert.Equal(2, vendor.Calls.Sum(call => call.Count));
    }

    [Fact]
    public async Task Messages_go_in_batches_no_larger_than_the_vendor_takes()
    {
        var vendor = new FakeVendor { BatchSizeMax = 3 };
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var messages = new List<QueuedMessage>();
        for (var i = 0; i < 10; i++)
        {
            messages.Add(await fixture.QueueAsync($"u{i}"));
        }

        fixture.Deliver([.. messages]);
        await fixture.Engine.UntilAsync(async () => (await fixture.Engine.Memory.MessagesAsync(
            new MessageQuery(Status: OutboxStatus.Sent), CancellationToken.None)).Count == 10);

        Assert.All(vendor.Calls, call => Assert.InRange(call.Count, 1, 3));
        Assert.Equal(10, vendor.Calls.SelectMany(call => call).Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_message_past_its_time_is_not_sent_and_waits_for_the_morning()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();

        fixture.Deliver(message with { SendBefore = Given.Noon });
        await fixture.Engine.UntilAsync(async () => (await fixture.Engine.MessageAsync(message.Id)).Status != OutboxStatus.Queued);

        Assert.Empty(vendor.Calls);
    }

    [Fact]
    public async Task A_slow_account_delays_no_other()
    {
        var slow = new FakeVendor("slow");
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor, slow);
        var gate = new TaskCompletionSource<IReadOnlyList<SendResult>>();
        slow.OnSend = _ => gate.Task;
        var stuck = await fixture.QueueAsync("u1");
        var message = await fixture.QueueAsync("u2");

        fixture.Deliver(stuck with { Account = "slow" });
        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);

        Assert.NotEqual(OutboxStatus.Sent, (await fixture.Engine.MessageAsync(stuck.Id)).Status);
        gate.SetResult([]);
    }

    [Fact]
    public async Task An_exception_leaves_the_outcome_unknown()
    {
        var vendor = new FakeVendor { OnSend = _ => throw new HttpRequestException("reset") };
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();

        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Unknown);

        Assert.Equal(MessageStatus.Unknown, Assert.Single((await fixture.Engine.ContactOfAsync(Given.User("u1"))).Messages).Status);
    }

    [Fact]
    public async Task What_certainly_never_left_is_tried_again_when_its_time_comes()
    {
        var vendor = new FakeVendor { OnSend = _ => throw new ConnectorNotSentException(FailureReason.RetryLater, "busy", TimeSpan.FromMinutes(5)) };
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();
        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Failed);

        fixture.Engine.Clock.Advance(Duration.FromHours(1));
        await fixture.Engine.Engine.Timers.RunDueAsync();

        var again = Assert.Single(await fixture.Engine.QueuedAsync());
        Assert.Equal((message.Id, 2), (again.Id, again.Attempt));
        Assert.Equal([message.Id], fixture.Engine.Relay.Again);
    }

    [Fact]
    public async Task An_unknown_outcome_of_a_vendor_that_may_be_repeated_is_tried_again()
    {
        var vendor = new FakeVendor { Idempotency = Idempotency.ByMessageId, OnSend = _ => throw new HttpRequestException("reset") };
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();

        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Failed);

        Assert.Equal(MessageStatus.RetryScheduled, Assert.Single((await fixture.Engine.ContactOfAsync(Given.User("u1"))).Messages).Status);
    }

    [Fact]
    public async Task What_the_bus_lost_is_found_in_the_store()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();

        Assert.Equal(1, await fixture.Dispatcher.SweepAsync());
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);

        Assert.Equal(0, await fixture.Dispatcher.SweepAsync());
    }

    [Fact]
    public async Task Outcomes_that_the_store_cannot_take_are_offered_again()
    {
        var vendor = new FakeVendor();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();
        vendor.OnSend = batch =>
        {
            fixture.Engine.Store.Next(_ => throw new StoreFullException("full", new IOException()));
            return Task.FromResult<IReadOnlyList<SendResult>>([SendResult.Accepted(batch[0])]);
        };

        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);

        Assert.Single(vendor.Calls);
    }

    [Fact]
    public async Task Claims_of_many_callers_share_one_commit()
    {
        await using var fixture = await DispatchFixture.StartAsync(new FakeVendor());
        var one = await fixture.QueueAsync("u1");
        var two = await fixture.QueueAsync("u2");
        var before = fixture.Engine.Store.Committed.Count;
        var gate = fixture.Engine.Store.HoldNext();
        var running = fixture.Engine.Engine.SubmitAsync([Given.Track("m1", "u3")]).AsTask();
        await fixture.Engine.Store.Begun.WaitAsync();

        var claims = new[] { one, two, one }.Select(message =>
            fixture.Engine.Engine.ClaimIntentsAsync([new SendIntent(message.Id, message.Attempt)]).AsTask()).ToArray();
        gate.SetResult();
        await running;
        await Task.WhenAll(claims);

        Assert.InRange(fixture.Engine.Store.Committed.Count - before, 2, 3);
        Assert.Equal(2, fixture.Engine.Store.Committed.Sum(batch => batch.Intents.Select(intent => intent.Message).Distinct().Count()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connector_that_never_returns_holds_its_own_account_and_nobody_elses(bool blocks)
    {
        using var never = new ManualResetEventSlim();
        var vendor = new FakeVendor
        {
            OnSend = _ =>
            {
                if (blocks)
                {
                    never.Wait();
                }
                return new TaskCompletionSource<IReadOnlyList<SendResult>>().Task;
            },
        };
        await using var fixture = await DispatchFixture.StartAsync(
            options => (options.CallTimeout, options.StopGrace) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20)), vendor);
        var message = await fixture.QueueAsync();

        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Unknown);

        Assert.Contains("hangs", Assert.Single(fixture.Dispatcher.Holds).Text, StringComparison.Ordinal);
        never.Set();
    }

    [Fact]
    public async Task A_million_messages_of_an_account_that_cannot_send_stay_in_the_store()
    {
        var options = new DispatchOptions
        {
            SweepEvery = TimeSpan.FromHours(1), InquireEvery = TimeSpan.FromHours(1), CallTimeout = TimeSpan.FromHours(1), StopGrace = TimeSpan.FromMilliseconds(1),
        };
        await using var engine = await EngineFixture.StartAsync();
        await using var connectors = new ConnectorRegistry([], new ConnectorServices(), NullLogger<ConnectorRegistry>.Instance);
        var store = new FullOutbox(1_000_000);
        await using var dispatcher = new Dispatcher(options, engine.Engine, store, connectors, new HoldBook(engine.Memory), engine.Metrics, NullLogger<Dispatcher>.Instance);
        await dispatcher.StartAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        while (store.Seen < store.Count)
        {
            await dispatcher.SweepAsync();
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(Assert.Single(dispatcher.Lanes).Waiting, 1, options.LaneMax);
        Assert.True(grown < 40_000_000, $"Expected less than 40 MB for what waits in memory, but it is {grown:N0} bytes.");
    }

    /// <summary>A store with many queued messages, which it makes as they are read.</summary>
    private sealed class FullOutbox(int count) : IOutboxStore
    {
        public int Count => count;

        public int Seen { get; private set; }

        public ValueTask<IReadOnlyList<QueuedMessage>> QueuedAsync(Guid? after, int limit, CancellationToken cancellation)
        {
            var from = after is { } last ? BitConverter.ToInt32(last.ToByteArray()) + 1 : 0;
            var size = Math.Max(0, Math.Min(limit, count - from));
            Seen = Math.Max(Seen, from + size);
            return ValueTask.FromResult<IReadOnlyList<QueuedMessage>>([.. Enumerable.Range(from, size).Select(number => new QueuedMessage(
                new Guid(number, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]), number, 1, "crowd", "say", "sms", "vendor", false, "phone", $"+86139{number:D8}",
                """{ "text": "A message of the usual length, with a name and a price in it." }""", null))]);
        }

        public ValueTask<IReadOnlyList<QueuedMessage>> SendingAsync(int limit, CancellationToken cancellation) => new([]);

        public ValueTask<IReadOnlyList<QueuedMessage>> ByIdAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) => new([]);

        public ValueTask<IReadOnlyList<OpenMessage>> OpenAsync(OpenQuery query, CancellationToken cancellation) => new([]);

        public ValueTask<IReadOnlyList<Guid>> ByVendorIdAsync(string account, string vendorId, string? address, int limit, CancellationToken cancellation) => new([]);
    }
}
