using System.Diagnostics.Metrics;
using Automation.Connectors;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class ReceiptDeskTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_receipt_finds_its_message_by_our_id_or_the_vendors(bool byOurs)
    {
        var vendor = new FakeVendor { Receipts = ReceiptDelivery.Push };
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();
        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);

        var found = await Desk(fixture).ReportAsync("vendor", [new Receipt
        {
            MessageId = byOurs ? message.Id : null,
            VendorMessageId = byOurs ? null : $"v-{message.Id:N}",
            Status = ReceiptStatus.Delivered,
            OccurredAt = DateTimeOffset.UnixEpoch,
        }]);

        Assert.Equal(1, found);
        Assert.Equal(OutboxStatus.Delivered, (await fixture.Engine.MessageAsync(message.Id)).Status);
    }

    [Fact]
    public async Task What_a_receipt_costs_counts_once_however_often_it_is_pushed()
    {
        var vendor = new FakeVendor { Receipts = ReceiptDelivery.Push };
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();
        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);
        long segments = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument, fixture.Engine.Metrics.Segments))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref segments, value));
        listener.Start();
        var desk = new ReceiptDesk(fixture.Engine.Engine, fixture.Engine.Memory, NullLogger<ReceiptDesk>.Instance, fixture.Engine.Metrics);
        var receipt = new Receipt
        {
            MessageId = message.Id, Status = ReceiptStatus.Delivered, OccurredAt = DateTimeOffset.UnixEpoch, Charge = new Charge(2, 0.09m, "CNY"),
        };

        Assert.Equal(2, await desk.ReportAsync("vendor", [receipt, receipt]));
        Assert.Equal(1, await desk.ReportAsync("vendor", [receipt]));

        Assert.Equal(2, Interlocked.Read(ref segments));
        Assert.Equal(OutboxStatus.Delivered, (await fixture.Engine.MessageAsync(message.Id)).Status);
    }

    [Fact]
    public async Task A_receipt_of_another_account_is_not_ours()
    {
        var vendor = new FakeVendor { Receipts = ReceiptDelivery.Push };
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();

        var found = await Desk(fixture).ReportAsync(
            "other", [new Receipt { MessageId = message.Id, Status = ReceiptStatus.Delivered, OccurredAt = DateTimeOffset.UnixEpoch }]);

        Assert.Equal(0, found);
        Assert.Equal(OutboxStatus.Queued, (await fixture.Engine.MessageAsync(message.Id)).Status);
    }

    [Fact]
    public async Task Receipts_of_one_call_with_one_vendor_id_go_each_to_its_own_message()
    {
        var (fixture, messages) = await SentTogetherAsync();
        await using var _ = fixture;

        var found = await Desk(fixture).ReportAsync("vendor",
        [
            Shared("+86u2", ReceiptStatus.Delivered),
            Shared("+86u1", ReceiptStatus.Failed),
        ]);

        Assert.Equal(2, found);
        Assert.Equal(OutboxStatus.Failed, (await fixture.Engine.MessageAsync(messages[0].Id)).Status);
        Assert.Equal(OutboxStatus.Delivered, (await fixture.Engine.MessageAsync(messages[1].Id)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("+86u9")]
    public async Task A_receipt_that_does_not_say_which_of_several_is_for_none(string? address)
    {
        var (fixture, messages) = await SentTogetherAsync();
        await using var _ = fixture;

        Assert.Equal(0, await Desk(fixture).ReportAsync("vendor", [Shared(address, ReceiptStatus.Delivered)]));

        foreach (var message in messages)
        {
            Assert.Equal(OutboxStatus.Sent, (await fixture.Engine.MessageAsync(message.Id)).Status);
        }
    }

    private static Receipt Shared(string? address, ReceiptStatus status) => new()
    {
        VendorMessageId = "batch-1",
        To = address is null ? null : new Address("phone", address),
        Status = status,
        Reason = status == ReceiptStatus.Failed ? FailureReason.BadAddress : null,
        OccurredAt = DateTimeOffset.UnixEpoch,
    };

    private static async Task<(DispatchFixture Fixture, QueuedMessage[] Messages)> SentTogetherAsync()
    {
        var vendor = new FakeVendor
        {
            Receipts = ReceiptDelivery.Push,
            OnSend = batch => Task.FromResult<IReadOnlyList<SendResult>>([.. batch.Select(message => SendResult.Accepted(message, "batch-1"))]),
        };
        var fixture = await DispatchFixture.StartAsync(vendor);
        QueuedMessage[] messages = [await fixture.QueueAsync("u1"), await fixture.QueueAsync("u2")];
        fixture.Deliver(messages);
        foreach (var message in messages)
        {
            await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);
        }
        return (fixture, messages);
    }

    private static ReceiptDesk Desk(DispatchFixture fixture) => new(
        fixture.Engine.Engine, fixture.Engine.Memory, NullLogger<ReceiptDesk>.Instance);
}
